package dev.realms.health;

import dev.realms.isolation.probe.Finding;
import dev.realms.isolation.probe.Serving;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Isolation is guaranteed; if not, every reason is shown. Asks nobody: the probe has, a few seconds ago. */
@Readiness
@ApplicationScoped
class IsolationCheck implements HealthCheck {

    @Inject
    private Serving serving;

    @Override
    public HealthCheckResponse call() {
        List<Finding> reasons = serving.reasons();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("isolation").status(reasons.isEmpty());
        reasons.forEach(reason -> answer.withData(reason.name(), reason.sentence()));
        return answer.build();
    }
}
