package dev.realms.migration.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * WildFly's {@code :suspend} in the middle of the migration, which stops batch jobs. {@code :resume} would start them again by the server's
 * books, which are never believed: an operator goes on.
 */
@EnabledIfSystemProperty(
        named = "realms.it.server",
        matches = "wildfly",
        disabledReason = "Payara Micro can't be suspended")
class SuspendedServerIT {

    private static final String PORT = "-Djboss.management.http.port=";

    /** Who signs in for the first time is made. */
    private static final Map<String, String> BUT_THE_OPERATOR = Map.of(
            "users",
            "email <> 'admin@realms.local'",
            "user_settings",
            "[user_id] NOT IN (SELECT id FROM users WHERE email = 'admin@realms.local')");

    @Test
    void stopsWithTheServerAndGoesOnWhenAnOperatorSaysSo() throws Exception {
        TestDatabase.resetToPreRealm(100);
        Map<String, String> before = TestDatabase.preRealmChecksums(BUT_THE_OPERATOR);
        try (Connection application = TestDatabase.dataSource().getConnection();
                Statement statement = application.createStatement();
                Node node = Node.start("suspended-server", Map.of("REALMS_MIGRATION_AUTOSTART", "true"))) {
            application.setAutoCommit(false);
            await("SELECT to_regclass('migration.state') IS NOT NULL");
            await("SELECT state <> 'pre-realm' FROM migration.state");
            // So that it does not end before the server is suspended.
            statement.execute("SELECT FROM jobs ORDER BY id LIMIT 1 FOR UPDATE");
            await("SELECT EXISTS (SELECT FROM migration.progress WHERE table_name = 'documents' AND done > 0)");
            operate(node, ":suspend(suspend-timeout=5)");
            application.rollback();

            await("SELECT state = 'stopped' FROM migration.state");
            operate(node, ":resume");
            Api operator = node.api().as(Tokens.ofAdministrator());
            awaitServing(operator);
            assertThat(operator.get("/api/admin/migration").json().getString("reason"))
                    .isEqualTo("The application server stopped the job.");

            assertThat(operator.post("/api/admin/migration/start", "{}").status())
                    .isEqualTo(202);
            await("SELECT state = 'migrated' FROM migration.state");
        }
        assertThat(TestDatabase.preRealmChecksums(BUT_THE_OPERATOR)).isEqualTo(before);
        assertThat(TestDatabase.query("SELECT count(*) FROM migration.audit_log WHERE outcome = 'migrated'"))
                .isEqualTo("1");
    }

    private static void operate(Node node, String operation) throws IOException, InterruptedException {
        String port = node.pids().stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process ->
                        process.info().arguments().map(Arrays::stream).orElse(Stream.empty()))
                .filter(argument -> argument.startsWith(PORT))
                .map(argument -> argument.substring(PORT.length()))
                .findFirst()
                .orElseThrow();
        ProcessBuilder client = new ProcessBuilder(
                        Path.of(System.getProperty("wildfly.home"), "bin", "jboss-cli.sh")
                                .toString(),
                        "--connect",
                        "--controller=127.0.0.1:" + port,
                        "--command=" + operation)
                .inheritIO();
        client.environment().put("JBOSS_HOME", System.getProperty("wildfly.home"));
        assertThat(client.start().waitFor()).as(operation).isZero();
    }

    private static void awaitServing(Api operator) {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (operator.get("/api/admin/migration").status() != 200) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(200_000_000);
        }
    }

    private static void await(String question) {
        Instant end = Instant.now().plus(Duration.ofMinutes(4));
        while (!"t".equals(TestDatabase.query(question))) {
            assertThat(Instant.now())
                    .as(() -> question + " but it is "
                            + TestDatabase.query("SELECT state || ': ' || coalesce(reason, '') FROM migration.state"))
                    .isBefore(end);
            LockSupport.parkNanos(50_000_000);
        }
    }
}
