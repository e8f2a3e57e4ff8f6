package dev.realms.ops.metrics;

import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/** Everything that is measured: the virtual machine, and what features offer. */
@ApplicationScoped
class Metrics {

    private final PrometheusRegistry registry = new PrometheusRegistry();

    @Inject
    @Any
    private Instance<MultiCollector> features;

    @PostConstruct
    void register() {
        JvmMetrics.builder().register(registry);
        features.forEach(registry::register);
    }

    PrometheusRegistry registry() {
        return registry;
    }
}
