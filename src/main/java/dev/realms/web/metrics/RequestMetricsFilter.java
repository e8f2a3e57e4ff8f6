package dev.realms.web.metrics;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** Measures every request. The first filter of all: web.xml declares it. */
public class RequestMetricsFilter extends HttpFilter {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    @Inject
    private transient RequestMetrics metrics;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Measurement measurement = new Measurement(request, response, System.nanoTime());
        metrics.begin();
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(measurement);
            } else {
                measurement.end();
            }
        }
    }

    /** Of one request; ends once. */
    private final class Measurement implements AsyncListener {

        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final long began;

        Measurement(HttpServletRequest request, HttpServletResponse response, long began) {
            this.request = request;
            this.response = response;
            this.began = began;
        }

        void end() {
            String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "_OTHER";
            metrics.end(method, RouteFilter.route(request), response.getStatus(), (System.nanoTime() - began) / 1e9);
        }

        @Override
        public void onComplete(AsyncEvent event) {
            end();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // It completes afterwards.
        }

        @Override
        public void onError(AsyncEvent event) {
            // It completes afterwards.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
