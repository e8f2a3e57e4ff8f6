package dev.realms.migration.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.check.VerificationReport;
import dev.realms.testing.Api;
import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.Tokens;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server that the migration works on can suddenly only be read, as after a failover. */
class FailoverIT {

    private static final String MIGRATION = "/api/admin/migration";
    private static final String OPERATOR = "operator@example.com";

    @AfterEach
    void writeAgain() {
        TestDatabase.setReadOnly(false);
    }

    @Test
    void whatItHasDoneStaysAndItGoesOnWhenAskedTo() throws Exception {
        TestDatabase.resetToPreRealm(600);
        TestDatabase.asOwner("INSERT INTO users (name, email, role) VALUES ('Operator', '" + OPERATOR + "', 'ADMIN')");
        try (Node node = Node.start("failover", Map.of("REALMS_MIGRATION_LIMITS", "ceilingRows=200"))
                .awaitStart()) {
            Api operator = node.api().as(Tokens.of(OPERATOR, "ADMIN"));
            assertThat(operator.post(MIGRATION + "/start").status()).isEqualTo(202);
            await("SELECT count(*) > 1000 FROM documents WHERE realm_id IS NOT NULL");

            TestDatabase.setReadOnly(true);
            await("SELECT NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory')");
            assertThat(operator.get(MIGRATION).status()).isEqualTo(503);
            TestDatabase.setReadOnly(false);

            await("SELECT state <> 'running' FROM migration.state");
            assertThat(TestDatabase.query("SELECT state || ': ' || reason FROM migration.state"))
                    .matches("stopped: The step failed: cannot execute \\w+( \\w+)* in a read-only transaction\\.");
            assertThat(TestDatabase.query("SELECT count(*) FROM migration.failed_chunks"))
                    .isEqualTo("0");
            assertThat(operator.post(MIGRATION + "/start").status()).isEqualTo(202);
            await("SELECT state = 'migrated' FROM migration.state");
        }
        try (Connection owner = TestDatabase.owner()) {
            assertThat(VerificationReport.of(owner)).matches(report -> report.passed());
        }
    }

    private static void await(String question) {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (!TestDatabase.query(question).equals("t")) {
            assertThat(Instant.now()).as(question).isBefore(end);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
