package dev.realms.web.forwarded;

import dev.realms.settings.IpNetwork;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whose request it is: the other end of the connection, or, where that is a trusted proxy, the nearest address that the proxies name and that is
 * no trusted proxy. What stands before it was sent by somebody who is not trusted.
 */
record ClientAddress(List<IpNetwork> trustedProxies) {

    private static final String PORT = "(?::(?:\\d{1,5}|_[\\w.-]+))?";

    /** With brackets, with at most one colon, or a bare IPv6 address. */
    private static final Pattern NODE =
            Pattern.compile("\\[([^\\[\\]]+)]" + PORT + "|([^:\\[\\]]+)" + PORT + "|([^\\[\\]]+)");

    /** A name and a value of RFC 7239, up to the next one or the next hop. No address needs an escape. */
    private static final Pattern PAIR =
            Pattern.compile("\\G[ \\t]*([\\w!#$%&'*+.^`|~-]+)=(?:\"([^\"\\\\]*)\"|([^\\s\",;]+))[ \\t]*([;,]|$)");

    /**
     * @param forwarded the lines of {@code Forwarded}
     * @param xForwardedFor the lines of {@code X-Forwarded-For}
     */
    InetAddress of(InetAddress peer, List<String> forwarded, List<String> xForwardedFor) {
        if (!isTrusted(peer)) {
            return peer;
        }
        InetAddress standard = nearest(peer, forwarded.stream().flatMap(ClientAddress::hops));
        InetAddress common = nearest(
                peer,
                xForwardedFor.stream()
                        .flatMap(line -> Stream.of(line.split(",", -1)).map(ClientAddress::node)));
        if (forwarded.isEmpty() || xForwardedFor.isEmpty()) {
            return forwarded.isEmpty() ? common : standard;
        }
        // A proxy that writes one of them passes the other on as the client made it up.
        return standard.equals(common) ? standard : peer;
    }

    boolean isTrusted(InetAddress address) {
        return trustedProxies.stream().anyMatch(network -> network.holds(address));
    }

    /** From the last hop back to the first that is not trusted, as far as they can be read. */
    private InetAddress nearest(InetAddress peer, Stream<Optional<InetAddress>> hops) {
        List<Optional<InetAddress>> all = hops.toList();
        InetAddress client = peer;
        for (int i = all.size() - 1; i >= 0 && all.get(i).isPresent() && isTrusted(client); i--) {
            client = all.get(i).get();
        }
        return client;
    }

    private static Stream<Optional<InetAddress>> hops(String line) {
        List<Optional<InetAddress>> hops = new ArrayList<>();
        Optional<InetAddress> hop = Optional.empty();
        Matcher pair = PAIR.matcher(line);
        boolean ended = false;
        while (!ended && pair.find()) {
            if (pair.group(1).equalsIgnoreCase("for")) {
                hop = node(pair.group(2) == null ? pair.group(3) : pair.group(2));
            }
            if (!pair.group(4).equals(";")) {
                hops.add(hop);
                hop = Optional.empty();
            }
            ended = pair.group(4).isEmpty();
        }
        return ended ? hops.stream() : Stream.of(Optional.empty());
    }

    private static Optional<InetAddress> node(String text) {
        Matcher node = NODE.matcher(text.strip());
        return node.matches()
                ? Stream.of(1, 2, 3)
                        .map(node::group)
                        .filter(group -> group != null)
                        .findFirst()
                        .flatMap(IpNetwork::address)
                : Optional.empty();
    }
}
