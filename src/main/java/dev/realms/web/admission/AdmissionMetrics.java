package dev.realms.web.admission;

import dev.realms.web.metrics.Gauges;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How busy this node is. Whoever works holds one connection of the runtime role's pool, so this is the pool's use, too. */
@ApplicationScoped
class AdmissionMetrics implements MultiCollector {

    @Inject
    private Admission admission;

    @Override
    public MetricSnapshots collect() {
        return new MetricSnapshots(
                gauge("realms_requests_permits", "Requests that may work at the same time", UserBulkhead::permits),
                gauge("realms_requests_working", "Requests at work, each with a connection", UserBulkhead::working),
                gauge("realms_requests_waiting", "Requests that wait for their turn", UserBulkhead::waiting));
    }

    private GaugeSnapshot gauge(String name, String help, ToDoubleFunction<UserBulkhead> value) {
        return Gauges.of(
                name,
                help,
                List.copyOf(Map.of("read", admission.readers(), "write", admission.writers())
                        .entrySet()),
                kind -> Labels.of("kind", kind.getKey()),
                kind -> value.applyAsDouble(kind.getValue()));
    }
}
