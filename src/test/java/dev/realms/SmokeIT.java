package dev.realms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.InServer;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.Wars;
import dev.realms.web.admission.RequestRetry;
import dev.realms.web.problem.StaleConnection;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator looks at first: the WAR deploys, has its two database roles, and answers the probes. */
@InServer
@OnDatabase(DatabaseState.FINALIZED)
@ExtendWith(ArquillianExtension.class)
class SmokeIT {

    @Deployment
    static WebArchive war() {
        return Wars.shared();
    }

    @Test
    void servesRequestsWithTheRuntimeRole() throws Exception {
        assertThat(userOf("jdbc/realms")).isEqualTo("realms_app");
    }

    @Test
    void changesTheSchemaWithTheOwner() throws Exception {
        assertThat(userOf("jdbc/realms-owner")).isEqualTo("realms_owner");
    }

    @Test
    void replacesConnectionsThatBrokeWhileIdle() throws Exception {
        for (String reference : List.of("jdbc/realms", "jdbc/realms-owner")) {
            DataSource source = InitialContext.doLookup("java:comp/env/" + reference);
            try (Connection killer = source.getConnection()) {
                String idle;
                try (Connection victim = source.getConnection()) {
                    idle = ask(victim, "SELECT pg_backend_pid()");
                }
                end(killer, idle);

                // The pool of requests notices within a second, and what meets the broken one before is run again.
                assertThat(RequestRetry.run(() -> userOfFreshConnection(reference), () -> {}))
                        .isNotNull();
            }
        }
    }

    /** The probe may meet the connection that ends before the killer has its answer: then the pool closes the killer's, too. */
    private static void end(Connection killer, String backend) throws SQLException {
        try {
            assertThat(ask(killer, "SELECT pg_terminate_backend(" + backend + ", 10000)"))
                    .isEqualTo("t");
        } catch (SQLException closed) {
            assertThat(closed.getSQLState()).startsWith("08");
        }
    }

    private static String userOfFreshConnection(String reference) throws Exception {
        try {
            return userOf(reference);
        } catch (SQLException e) {
            throw StaleConnection.in(e);
        }
    }

    @Test
    @RunAsClient
    void describesItself(@ArquillianResource URI base) {
        var description = Api.at(base).get("/openapi").json();

        assertThat(description.getString("openapi")).startsWith("3.");
        assertThat(description.getJsonObject("paths")).containsKey("/api/realms/{realmId}");
    }

    @Test
    @RunAsClient
    void answersTheProbes(@ArquillianResource URI base) {
        for (String probe : new String[] {"live", "ready", "started"}) {
            assertThat(Api.at(base).get("/health/" + probe).json().getString("status"))
                    .as(probe)
                    .isEqualTo("UP");
        }
    }

    @Test
    @RunAsClient
    void showsMetrics(@ArquillianResource URI base) {
        Api.Answer metrics = Api.at(base).get("/metrics");

        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.body()).contains("realms_migration_state{").doesNotContain("_rows{");
        for (String below : List.of("/metrics/", "/metrics/base", "/metrics/?scope=vendor", "/%6detrics/;x=1")) {
            assertThat(Api.at(base).get(below).body()).as(below).contains("\"code\":\"not-found\"");
        }
    }

    private static String userOf(String reference) throws SQLException, NamingException {
        DataSource source = InitialContext.doLookup("java:comp/env/" + reference);
        try (Connection connection = source.getConnection()) {
            return ask(connection, "SELECT current_user");
        }
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
