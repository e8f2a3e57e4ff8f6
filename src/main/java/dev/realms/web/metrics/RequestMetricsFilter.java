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

/** Measures every request, and has it written down. The first filter of all: web.xml declares it. */
public class RequestMetricsFilter extends HttpFilter {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    @Inject
    private transient RequestMetrics metrics;

    @Inject
    private transient AccessLog log;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Measurement measurement = new Measurement(request, response, log.begin(request, response), System.nanoTime());
        metrics.begin();
        boolean failed = true;
        try {
            chain.doFilter(request, response);
            failed = false;
        } finally {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(measurement);
            } else {
                // What is thrown to the server it answers after this.
                measurement.end(failed ? HttpServletResponse.SC_INTERNAL_SERVER_ERROR : response.getStatus());
            }
        }
    }

    /** Of one request; ends once. */
    private final class Measurement implements AsyncListener {

        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final AccessLog.Entry entry;
        private final long began;

        Measurement(HttpServletRequest request, HttpServletResponse response, AccessLog.Entry entry, long began) {
            this.request = request;
            this.response = response;
            this.entry = entry;
            this.began = began;
        }

        void end(int status) {
            String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "_OTHER";
            String route = RouteFilter.route(request);
            double seconds = (System.nanoTime() - began) / 1e9;
            metrics.end(method, route, status, seconds);
            log.write(entry, method, route, status, seconds);
        }

        @Override
        public void onComplete(AsyncEvent event) {
            end(response.getStatus());
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
