package dev.realms.ops.health;

import dev.realms.realm.isolation.probe.Serving;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Isolation is guaranteed; if not, the log says why. Asks nobody: the probe has, a few seconds ago. */
@Readiness
@ApplicationScoped
class IsolationCheck implements HealthCheck {

    @Inject
    private Serving serving;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("isolation")
                .status(serving.reasons().isEmpty())
                .build();
    }
}
