package dev.realms.web.metrics;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import jakarta.enterprise.context.ApplicationScoped;

/** How many requests there were, how long they took, and how many are under way. The names are those of OpenTelemetry's conventions. */
@ApplicationScoped
class RequestMetrics implements MultiCollector {

    private final Histogram durations = Histogram.builder()
            .name("http_server_request_duration")
            .unit(Unit.SECONDS)
            .help("How long requests took, until the last byte was handed over")
            .labelNames("http_request_method", "http_route", "http_response_status_code")
            .classicOnly()
            .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
            .build();

    private final Gauge active = Gauge.builder()
            .name("http_server_active_requests")
            .help("Requests under way, those that wait and open event streams included")
            .build();

    void begin() {
        active.inc();
    }

    /** @param route the template that the request matched, such as {@code /api/realms/{realmId}} */
    void end(String method, String route, int status, double seconds) {
        active.dec();
        durations.labelValues(method, route, Integer.toString(status)).observe(seconds);
    }

    @Override
    public MetricSnapshots collect() {
        return new MetricSnapshots(durations.collect(), active.collect());
    }
}
