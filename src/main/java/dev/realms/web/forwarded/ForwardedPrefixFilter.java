package dev.realms.web.forwarded;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;

/** Has {@link UriInfo} say the paths that the sender knows, before anybody asks it. */
@Provider
@PreMatching
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION - 200)
public class ForwardedPrefixFilter implements ContainerRequestFilter {

    @Inject
    private TrustedProxies proxies;

    @Inject
    private HttpServletRequest servletRequest;

    @Override
    public void filter(ContainerRequestContext request) {
        String prefix = proxies.prefix(servletRequest);
        if (!prefix.isEmpty()) {
            UriInfo inside = request.getUriInfo();
            request.setRequestUri(below(prefix, inside.getBaseUri()), below(prefix, inside.getRequestUri()));
        }
    }

    private static URI below(String prefix, URI inside) {
        return UriBuilder.fromUri(inside)
                .replacePath(prefix + inside.getRawPath())
                .build();
    }
}
