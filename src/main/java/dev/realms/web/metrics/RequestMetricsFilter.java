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
import java.util.UUID;
import java.util.regex.Pattern;

/** Measures every request, and has it written down under an id that the answer names. The first filter of all: web.xml declares it. */
public class RequestMetricsFilter extends HttpFilter {

    private static final String ID = "X-Request-Id";

    /** What a proxy may have given already. */
    private static final Pattern ID_FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    @Inject
    private transient RequestMetrics metrics;

    @Inject
    private transient AccessLog log;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String id = id(request.getHeader(ID));
        if (log.isOn()) {
            response.setHeader(ID, id);
        }
        Measurement measurement = new Measurement(request, response, id, log.address(request), System.nanoTime());
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

    private static String id(String given) {
        return given != null && ID_FORM.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }

    /** Of one request; ends once. */
    private final class Measurement implements AsyncListener {

        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final String id;
        private final String address;
        private final long began;

        Measurement(HttpServletRequest request, HttpServletResponse response, String id, String address, long began) {
            this.request = request;
            this.response = response;
            this.id = id;
            this.address = address;
            this.began = began;
        }

        void end(int status) {
            String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "_OTHER";
            String route = RouteFilter.route(request);
            double seconds = (System.nanoTime() - began) / 1e9;
            metrics.end(method, route, status, seconds);
            log.write(id, method, route, status, seconds, address);
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
