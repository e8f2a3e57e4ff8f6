package dev.realms.web.limit;

import dev.realms.web.forwarded.TrustedProxies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/** Where the current request comes from. */
@ApplicationScoped
public class RequestAddress {

    @Inject
    private HttpServletRequest request;

    @Inject
    private TrustedProxies proxies;

    /** Empty when the application server names no address. */
    Optional<InetAddress> find() {
        return proxies.client(request);
    }

    /** As the application server writes the other end of the connection. */
    String peer() {
        return request.getRemoteAddr();
    }

    /** The network around the address, {@code 192.0.2.0/24} or {@code 2001:db8:1::/48}: enough to see that it is another one. */
    public String network() {
        return find().map(RequestAddress::network).orElseGet(this::peer);
    }

    /** As {@link #network()}, of any address. */
    public static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (!(address instanceof Inet6Address)) {
            return (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + ".0/24";
        }
        String groups = group(bytes, 0) + ":" + group(bytes, 2) + ":" + group(bytes, 4);
        return groups.replaceFirst("^0(:0)*$|(:0)+$", "") + "::/48";
    }

    private static String group(byte[] bytes, int first) {
        return Integer.toHexString((bytes[first] & 0xff) << Byte.SIZE | bytes[first + 1] & 0xff);
    }
}
