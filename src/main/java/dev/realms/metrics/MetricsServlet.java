package dev.realms.metrics;

import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /metrics}. Its exact path goes before the pattern that Payara maps its own metrics to. */
@WebServlet("/metrics")
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
        exporter.service(request, response);
    }
}
