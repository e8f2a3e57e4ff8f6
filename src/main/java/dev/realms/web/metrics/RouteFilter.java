package dev.realms.web.metrics;

import dev.realms.web.PathTemplate;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Notes which resource a request of the API matched, before others refuse it. */
@Provider
@ApplicationScoped
@Priority(1)
public class RouteFilter implements ContainerRequestFilter {

    private static final String ROUTE = RouteFilter.class.getName();

    private final ConcurrentMap<Method, Optional<String>> templates = new ConcurrentHashMap<>();

    @Context
    private ResourceInfo matched;

    @Context
    private HttpServletRequest servletRequest;

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = matched.getResourceMethod();
        if (method != null) {
            templates
                    .computeIfAbsent(method, target -> PathTemplate.of(matched.getResourceClass(), target))
                    .ifPresent(template -> servletRequest.setAttribute(ROUTE, "/api" + template));
        }
    }

    /** The template of a resource's method, or the pattern of the servlet that was asked; few, whatever paths strangers make up. */
    static String route(HttpServletRequest request) {
        if (request.getAttribute(ROUTE) instanceof String route) {
            return route;
        }
        return request.getHttpServletMapping().getMappingMatch() == MappingMatch.DEFAULT
                ? "/"
                : request.getHttpServletMapping().getPattern();
    }
}
