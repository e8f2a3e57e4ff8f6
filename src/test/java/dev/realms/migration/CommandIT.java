package dev.realms.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a server that serves nobody does when {@code mvn -Pmigrate} starts it with an action: the whole way there, back, and there for good. */
class CommandIT {

    @Test
    void leadsWhereItIsTold() {
        TestDatabase.resetToLegacy(50);
        Map<String, String> before = TestDatabase.legacyChecksums();

        lead("migrate", "migrated");
        assertThat(TestDatabase.legacyChecksums()).isEqualTo(before);
        assertThat(TestDatabase.query(
                        "SELECT string_agg(name || ' ' || coalesce(value::text, 'none'), ', ' ORDER BY name)"
                                + " FROM migration.limits"))
                .isEqualTo("parallelism 2, tableMaintenance none");
        lead("rollback", "rolled-back");
        assertThat(TestDatabase.legacyChecksums()).isEqualTo(before);
        lead("migrate", "migrated");
        assertThat(TestDatabase.legacyChecksums()).isEqualTo(before);
        lead("finalize", "finalized");
        assertThat(TestDatabase.query("SELECT count(*) FROM api_keys WHERE key NOT LIKE 'sha256:%'"))
                .isEqualTo("0");
    }

    private static void lead(String action, String state) {
        Map<String, String> asked = Map.of(
                "REALMS_SERVING",
                "false",
                "REALMS_MIGRATE_ACTION",
                action,
                "REALMS_MIGRATION_AUTOSTART",
                Boolean.toString(action.equals("migrate")),
                "REALMS_MIGRATION_LIMITS",
                "parallelism=2,tableMaintenance=none",
                "REALMS_DATA_DIR",
                System.getProperty("realms.it.target") + "/nodes/data");
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        Node node = Node.start("command", asked);
        try (node) {
            while (!state.equals(state())) {
                assertThat(Instant.now()).as(action + " led to " + state()).isBefore(end);
                LockSupport.parkNanos(50_000_000);
            }
        }
    }

    private static String state() {
        return TestDatabase.query("SELECT to_regclass('migration.state')") == null
                ? "pre-realm"
                : TestDatabase.query("SELECT state FROM migration.state");
    }
}
