package dev.realms.ops.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** The schema was brought up. A bean of its own, because Payara takes one for one kind of check only. */
@Startup
@ApplicationScoped
class StartedCheck implements HealthCheck {

    @Inject
    private DatabaseProbe probe;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("schema")
                .status(probe.migrationState()
                        .filter(MigrationCheck::knowsRealms)
                        .isPresent())
                .build();
    }
}
