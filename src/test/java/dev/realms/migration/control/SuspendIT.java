package dev.realms.migration.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node that is suspended in the middle of its work, by its machine or by a signal, and goes on when another has done the work. */
@Tag("any-server")
class SuspendIT {

    private static final Map<String, String> AUTOSTART = Map.of("REALMS_MIGRATION_AUTOSTART", "true");

    @Test
    void twoNodesNeverDoTheSameWork() throws Exception {
        TestDatabase.resetToPreRealm(100);
        Map<String, String> before = TestDatabase.preRealmChecksums();
        try (Connection application = TestDatabase.dataSource().getConnection();
                Statement statement = application.createStatement();
                Node one = Node.start("suspended", AUTOSTART)) {
            application.setAutoCommit(false);
            await("SELECT to_regclass('migration.state') IS NOT NULL");
            await("SELECT state <> 'pre-realm' FROM migration.state");
            // So that it does not end before it is suspended.
            statement.execute("SELECT FROM jobs ORDER BY id LIMIT 1 FOR UPDATE");
            await("SELECT EXISTS (SELECT FROM migration.progress WHERE table_name = 'documents' AND done > 0)");
            signal("STOP", one);
            // So that whoever takes it over waits in the middle of it, as long as the application is at work.
            TestDatabase.asOwner("INSERT INTO migration.limits (name, value) VALUES ('activeSessions', 0)");
            try (Node two = Node.start("takes-over", AUTOSTART)) {
                await("SELECT EXISTS (SELECT FROM migration.audit_log WHERE act = 'take-up' AND outcome = 'running')");
                signal("CONT", one);

                awaitReady(one);
                LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
                assertThat(TestDatabase.query("SELECT state FROM migration.state"))
                        .isEqualTo("running");
                application.rollback();
                await("SELECT state = 'migrated' FROM migration.state");
                awaitReady(two);
            } finally {
                signal("CONT", one);
            }
        }
        assertThat(TestDatabase.preRealmChecksums()).isEqualTo(before);
        assertThat(TestDatabase.query(
                        "SELECT count(*) FROM migration.audit_log WHERE act = 'take-up' AND outcome = 'running'"))
                .isEqualTo("1");
        assertThat(TestDatabase.query("SELECT count(*) FROM migration.audit_log WHERE outcome = 'migrated'"))
                .isEqualTo("1");
    }

    private static void signal(String name, Node node) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of("kill", "-" + name), node.pids().stream().map(Object::toString))
                .toList();
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private static void await(String question) {
        Instant end = Instant.now().plus(Duration.ofMinutes(4));
        while (!"t".equals(TestDatabase.query(question))) {
            assertThat(Instant.now()).as(question).isBefore(end);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static void awaitReady(Node node) {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (node.api().get("/health/ready").status() != 200) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(200_000_000);
        }
    }
}
