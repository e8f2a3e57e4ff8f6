package dev.realms.web.limit;

import dev.realms.realm.isolation.Caller;
import dev.realms.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/** Counts the requests of each caller, tells them on every answer what is left, and refuses with 429 when nothing is. */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION + 1)
public class RateLimitFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String LEFT = RateLimitFilter.class.getName();
    private static final int MOST_CALLERS = 100_000;

    @Inject
    private Caller caller;

    @Inject
    private Settings settings;

    private RateLimiter<String> limiter;

    @PostConstruct
    void start() {
        int quota = settings.requestsPerMinute();
        limiter = quota == 0 ? null : new RateLimiter<>(quota, MOST_CALLERS, System::nanoTime);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (limiter == null) {
            return;
        }
        RateLimiter.Left left = limiter.take(caller.id());
        request.setProperty(LEFT, left);
        if (!left.granted()) {
            request.abortWith(left.refusal(request, "Your requests of this minute are used up."));
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
        if (request.getProperty(LEFT) instanceof RateLimiter.Left left) {
            answer.getHeaders()
                    .putSingle("RateLimit-Policy", "\"default\";q=" + settings.requestsPerMinute() + ";w=60");
            answer.getHeaders()
                    .putSingle("RateLimit", "\"default\";r=" + left.remaining() + ";t=" + left.fullInSeconds());
        }
    }
}
