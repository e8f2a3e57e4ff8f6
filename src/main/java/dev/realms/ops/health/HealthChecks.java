package dev.realms.ops.health;

import dev.realms.migration.state.MigrationState;
import dev.realms.realm.isolation.probe.IsolationVerdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** What both application servers ask. Each check is a bean of its own, because Payara takes one for one kind of check only. */
final class HealthChecks {

    private HealthChecks() {}

    /** The application runs. Does not ask the database: restarting the application would not bring that back. */
    @Liveness
    @ApplicationScoped
    static class LivenessCheck implements HealthCheck {

        @Override
        public HealthCheckResponse call() {
            return HealthCheckResponse.up("application");
        }
    }

    /** The schema was brought up. */
    @Startup
    @ApplicationScoped
    static class StartedCheck implements HealthCheck {

        @Inject
        private DatabaseProbe probe;

        @Override
        public HealthCheckResponse call() {
            return answer("schema", hasRealms(probe.migrationState()));
        }
    }

    /** The database answers the role that serves requests. */
    @Readiness
    @ApplicationScoped
    static class RuntimeDatabaseCheck implements HealthCheck {

        @Inject
        private DatabaseProbe probe;

        @Override
        public HealthCheckResponse call() {
            return answer("database", probe.answers());
        }
    }

    /** The database answers the schema's owner, too, and its schema knows realms; shows the migration's state. */
    @Readiness
    @ApplicationScoped
    static class MigrationCheck implements HealthCheck {

        @Inject
        private DatabaseProbe probe;

        @Override
        public HealthCheckResponse call() {
            Optional<String> state = probe.migrationState();
            return HealthCheckResponse.named("migration")
                    .status(hasRealms(state))
                    .withData("state", state.orElse("unknown"))
                    .build();
        }
    }

    /** Isolation is guaranteed; if not, the log says why. Asks nobody: the probe has, a few seconds ago. */
    @Readiness
    @ApplicationScoped
    static class IsolationCheck implements HealthCheck {

        @Inject
        private IsolationVerdict verdict;

        @Override
        public HealthCheckResponse call() {
            return answer("isolation", verdict.reasons().isEmpty());
        }
    }

    private static boolean hasRealms(Optional<String> state) {
        return state.map(MigrationState::of).filter(MigrationState::hasRealms).isPresent();
    }

    private static HealthCheckResponse answer(String name, boolean up) {
        return HealthCheckResponse.named(name).status(up).build();
    }
}
