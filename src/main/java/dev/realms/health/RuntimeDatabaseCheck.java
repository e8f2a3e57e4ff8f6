package dev.realms.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The database answers the role that serves requests. */
@Readiness
@ApplicationScoped
class RuntimeDatabaseCheck implements HealthCheck {

    @Resource(name = "jdbc/realms")
    private DataSource database;

    @Inject
    private DatabaseProbe probe;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("database")
                .status(probe.ask(database, "SELECT 1").isPresent())
                .build();
    }
}
