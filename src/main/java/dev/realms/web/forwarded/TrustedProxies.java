package dev.realms.web.forwarded;

import dev.realms.settings.IpNetwork;
import dev.realms.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a request looks like to who sent it: the address that it comes from and the path before ours. Both are read from the headers of a
 * trusted proxy, and of nobody else.
 */
@ApplicationScoped
public class TrustedProxies {

    @Inject
    private Settings settings;

    private ClientAddress clients;

    @PostConstruct
    void start() {
        clients = new ClientAddress(settings.trustedProxies());
    }

    /** Who sent it; empty where the server names the other end of the connection by no address. */
    public Optional<InetAddress> client(HttpServletRequest request) {
        return peer(request)
                .map(peer -> clients.of(peer, lines(request, "Forwarded"), lines(request, "X-Forwarded-For")));
    }

    /** What proxies take off the path before they pass it on: nothing, or such as {@code /tools/realms}. */
    public String prefix(HttpServletRequest request) {
        List<String> lines = lines(request, PathPrefix.HEADER);
        return lines.isEmpty() || peer(request).filter(clients::isTrusted).isEmpty() ? "" : PathPrefix.of(lines);
    }

    /** The path as it was sent. */
    public String path(HttpServletRequest request) {
        return prefix(request) + request.getRequestURI();
    }

    private static Optional<InetAddress> peer(HttpServletRequest request) {
        // A link-local address has the name of an interface behind it.
        return IpNetwork.address(request.getRemoteAddr().replaceFirst("%.*", ""));
    }

    private static List<String> lines(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header));
    }
}
