package dev.realms.ops.metrics;

import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /metrics}, and nothing below it: there Payara would show its own. */
@WebServlet({"/metrics", "/metrics/*"})
public class MetricsServlet extends HttpServlet {

    @Inject
    private transient Metrics metrics;

    private transient PrometheusMetricsServlet exporter;

    @Override
    public void init() {
        exporter = new PrometheusMetricsServlet(metrics.registry());
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getPathInfo() == null) {
            exporter.service(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
