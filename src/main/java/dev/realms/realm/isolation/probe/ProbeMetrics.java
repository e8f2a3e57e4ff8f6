package dev.realms.realm.isolation.probe;

import dev.realms.web.metrics.Gauges;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The verdict in a number. */
@ApplicationScoped
class ProbeMetrics implements MultiCollector {

    @Inject
    private IsolationVerdict verdict;

    @Override
    public MetricSnapshots collect() {
        return new MetricSnapshots(Gauges.of(
                "realms_isolation_guaranteed",
                "1 while this node serves requests, 0 while it has a reason not to",
                verdict.reasons().isEmpty() ? 1 : 0));
    }
}
