package dev.realms.ops.health;

import dev.realms.settings.Secret;
import dev.realms.settings.Settings;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * {@code GET /metrics}: the virtual machine, and what features offer, for everybody or for who has the token of the settings. Nothing below
 * it: there Payara would show its own.
 */
@WebServlet({"/metrics", "/metrics/*"})
public class MetricsServlet extends HttpServlet {

    @Inject
    @Any
    private transient Instance<MultiCollector> features;

    private transient PrometheusMetricsServlet exporter;

    @Inject
    private transient Settings settings;

    @Override
    public void init() {
        PrometheusRegistry registry = new PrometheusRegistry();
        JvmMetrics.builder().register(registry);
        features.forEach(registry::register);
        exporter = new PrometheusMetricsServlet(registry);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getPathInfo() != null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (settings.metricsToken()
                .filter(token -> !isSent(token, request))
                .isPresent()) {
            response.setHeader("WWW-Authenticate", "Bearer");
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            exporter.service(request, response);
        }
    }

    /** In a time that does not tell how much of it was right. */
    private static boolean isSent(Secret token, HttpServletRequest request) {
        String header = Objects.requireNonNullElse(request.getHeader("Authorization"), "");
        return MessageDigest.isEqual(
                ("Bearer " + token.reveal()).getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
    }
}
