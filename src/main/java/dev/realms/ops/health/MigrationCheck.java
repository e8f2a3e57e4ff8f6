package dev.realms.ops.health;

import dev.realms.migration.state.MigrationState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The database answers the schema's owner, too, and its schema knows realms; shows the migration's state. */
@Readiness
@ApplicationScoped
class MigrationCheck implements HealthCheck {

    @Inject
    private DatabaseProbe probe;

    @Override
    public HealthCheckResponse call() {
        Optional<String> state = probe.migrationState();
        return HealthCheckResponse.named("migration")
                .status(state.filter(MigrationCheck::knowsRealms).isPresent())
                .withData("state", state.orElse("unknown"))
                .build();
    }

    static boolean knowsRealms(String state) {
        return MigrationState.of(state).hasRealms();
    }
}
