package dev.realms.realm.isolation.audit;

import dev.realms.ops.health.SharedAnswer;
import dev.realms.web.metrics.Gauges;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** How the last audit of isolation ended. */
@ApplicationScoped
class AuditMetrics implements MultiCollector {

    @Inject
    private IsolationAudits audits;

    @Resource
    private ManagedExecutorService executor;

    private SharedAnswer<AuditView> view;

    @PostConstruct
    void start() {
        view = new SharedAnswer<>(executor, audits::view);
    }

    /** Nothing while there was none, one is at work, or the database can't be asked. */
    @Override
    public MetricSnapshots collect() {
        return view.get().map(AuditMetrics::of).orElseGet(MetricSnapshots::new);
    }

    private static MetricSnapshots of(AuditView view) {
        boolean passed = view.state().equals(AuditView.PASSED);
        boolean ended = passed || view.state().equals(AuditView.NOT_PASSED);
        return new MetricSnapshots(
                Gauges.of(
                        "realms_isolation_audit_passed",
                        "1 when the last audit of isolation found nothing, 0 when it found rows",
                        ended ? (passed ? 1 : 0) : null),
                Gauges.of(
                        "realms_isolation_audit_timestamp_seconds",
                        "When the last audit of isolation ended",
                        ended ? view.endedAt().getEpochSecond() : null));
    }
}
