package dev.realms.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.check.Verification;
import dev.realms.migration.rollback.Step;
import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} of the application server and of PostgreSQL in the middle of the migration, while the application from before
 * realms writes. A failure names its seed, which {@code -Drealms.seed=…} repeats; {@code -Drealms.effort=10} tries more often.
 */
class CrashIT {

    private static final long SEED = Long.getLong("realms.seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("realms.effort", 1);
    private static final int KILLS = 2;
    /** Where it may be hit: true of the database when that is reached. */
    private static final List<String> POINTS = Stream.of(
                    Stream.of("SELECT state IN ('running', 'verifying', 'migrated') FROM migration.state"),
                    Stream.of("users", "database_servers", "databases", "documents", "jobs", "api_keys")
                            .flatMap(table -> Stream.of(1, 50, 100).map(percent -> reached(table, percent))),
                    Stream.of("SELECT state IN ('verifying', 'migrated') FROM migration.state"),
                    IntStream.of(1, 3, 8, 14, 20, 25, 31).mapToObj(CrashIT::contracted))
            .flatMap(point -> point)
            .toList();

    private static final List<String> FINAL_POINTS = List.of(
            "finalizing_since IS NOT NULL",
            "EXISTS (SELECT FROM api_keys WHERE key LIKE 'sha256:%')",
            "NOT EXISTS (SELECT FROM api_keys WHERE key NOT LIKE 'sha256:%')",
            "EXISTS (SELECT FROM database_servers WHERE password LIKE 'realms:%')",
            "NOT EXISTS (SELECT FROM database_servers WHERE password NOT LIKE 'realms:%')",
            "to_regclass('flyway_finalize_history') IS NOT NULL");

    static Stream<Long> rounds() {
        return IntStream.range(0, ROUNDS).mapToObj(round -> SEED + round);
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void goesOnAfterAnyCrash(long seed) throws Exception {
        Random random = new Random(seed);
        TestDatabase.resetToLegacy(1_500);
        Map<String, String> before = TestDatabase.legacyChecksums();
        boolean alive = random.nextBoolean();
        List<String> story =
                new ArrayList<>(List.of("-Drealms.seed=" + seed, alive ? "with writers" : "without writers"));
        Node node = Node.start("crash", asked("migrate"));
        OldApplication application = new OldApplication(seed);
        try (application) {
            if (alive) {
                application.begin();
            }
            for (int point : random.ints(KILLS, 0, POINTS.size()).sorted().toArray()) {
                awaitTrue(POINTS.get(point), story);
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(200)).toNanos());
                node = kill(random, node, "migrate", POINTS.get(point), story);
            }
            awaitTrue("SELECT state = 'migrated' FROM migration.state", story);
        } finally {
            node.close();
        }
        if (!alive) {
            assertThat(TestDatabase.legacyChecksums()).as(story.toString()).isEqualTo(before);
        }
        requireKept(before, application, story);
        requireWhole(story);
    }

    /** Killed on the way back, it ends where it would have; a start leads from there to the same realms, which are finalized then. */
    @ParameterizedTest
    @MethodSource("rounds")
    void goesBackAfterAnyCrash(long seed) throws Exception {
        Random random = new Random(seed);
        TestDatabase.resetToLegacy(500);
        Map<String, String> before = TestDatabase.legacyChecksums();
        List<String> story = new ArrayList<>(List.of("-Drealms.seed=" + seed));
        Node node = Node.start("crash", asked("migrate"));
        OldApplication application = new OldApplication(seed);
        try (application) {
            awaitTrue("SELECT state = 'migrated' FROM migration.state", story);
            String realms = TestDatabase.query("SELECT string_agg(id::text, ' ' ORDER BY id) FROM realms");
            node.kill();
            application.begin();
            node = Node.start("crash", asked("rollback"));
            for (int steps :
                    random.ints(KILLS, 1, Step.values().length).sorted().toArray()) {
                awaitTrue(
                        "SELECT state = 'rolled-back' OR (SELECT count(*) FROM migration.progress WHERE table_name LIKE 'rollback: %') >= "
                                + steps + " FROM migration.state",
                        story);
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(200)).toNanos());
                node = kill(random, node, "rollback", "step " + steps, story);
            }
            awaitTrue("SELECT state = 'rolled-back' FROM migration.state", story);
            application.close();
            assertThat(TestDatabase.query("SELECT string_agg(id::text, ' ' ORDER BY id) FROM realms_archive.realms"))
                    .as(story.toString())
                    .isEqualTo(realms);
            requireKept(before, application, story);
            node.kill();
            node = Node.start("crash", asked("migrate"));
            awaitTrue("SELECT state = 'migrated' FROM migration.state", story);
            assertThat(TestDatabase.query("SELECT string_agg(id::text, ' ' ORDER BY id) FROM realms"))
                    .as(story.toString())
                    .isEqualTo(realms);
            requireKept(before, application, story);
            requireWhole(story);
            node.kill();
            node = finalizes(random, story);
        } finally {
            node.close();
        }
        requireWhole(story);
    }

    /** Asked again after a crash, it hashes and seals what is left, each value once. */
    private static Node finalizes(Random random, List<String> story) {
        String keys = TestDatabase.query(
                "SELECT string_agg('sha256:' || encode(sha256(key::bytea), 'hex'), ' ' ORDER BY id) FROM api_keys");
        Node node = Node.start("crash", asked("finalize"));
        String point = FINAL_POINTS.get(random.nextInt(FINAL_POINTS.size()));
        awaitTrue("SELECT state = 'finalized' OR " + point + " FROM migration.state", story);
        story.add((random.nextBoolean() ? "server" : "server and database") + " killed at " + point);
        node.kill();
        if (story.get(story.size() - 1).startsWith("server and")) {
            TestDatabase.crash();
        }
        node = Node.start("crash", asked("finalize"));
        awaitTrue("SELECT state = 'finalized' FROM migration.state", story);
        assertThat(TestDatabase.query("SELECT string_agg(key, ' ' ORDER BY id) FROM api_keys"))
                .as(story.toString())
                .isEqualTo(keys);
        assertThat(TestDatabase.query("SELECT count(*) FROM database_servers WHERE password NOT LIKE 'realms:%'"))
                .as(story.toString())
                .isEqualTo("0");
        return node;
    }

    /** The one that works is killed; the other one takes over, and nobody works beside it. */
    @Test
    void anotherNodeTakesOver() throws Exception {
        TestDatabase.resetToLegacy(1_500);
        Map<String, String> before = TestDatabase.legacyChecksums();
        List<String> story = List.of("two nodes");
        try (Node one = Node.start("one", asked("migrate"));
                Node two = Node.start("two", asked("migrate"))) {
            awaitTrue(reached("users", 50), story);
            long runner = runner();
            assertThat(one.pids().contains(runner) ^ two.pids().contains(runner))
                    .isTrue();
            (one.pids().contains(runner) ? one : two).kill();
            awaitTrue("SELECT state = 'migrated' FROM migration.state", story);
        }
        assertThat(TestDatabase.legacyChecksums()).isEqualTo(before);
        requireWhole(story);
    }

    /** The server of a command, which does by itself what it is asked for, and after a crash goes on with it. */
    private static Map<String, String> asked(String action) {
        return Map.of(
                "REALMS_MIGRATION_AUTOSTART",
                Boolean.toString(action.equals("migrate")),
                "REALMS_SERVING",
                "false",
                "REALMS_MIGRATE_ACTION",
                action,
                "REALMS_DATA_DIR",
                System.getProperty("realms.it.target") + "/nodes/data");
    }

    private static Node kill(Random random, Node node, String action, String where, List<String> story) {
        if (random.nextBoolean()) {
            story.add("server killed at " + where);
            node.kill();
            return Node.start("crash", asked(action));
        }
        story.add("database killed at " + where);
        TestDatabase.crash();
        return node;
    }

    /** What the application from before realms wrote is there, and of what was there before it as many rows as ever. */
    private static void requireKept(Map<String, String> before, OldApplication application, List<String> story)
            throws SQLException {
        assertThat(application.failures()).as(story.toString()).isEmpty();
        assertThat(OldApplication.found()).as(story.toString()).containsAllEntriesOf(application.documents());
        for (String table : List.of("users", "user_settings", "database_servers", "databases", "api_keys")) {
            assertThat(TestDatabase.legacyChecksums().get(table))
                    .as(story + table)
                    .isEqualTo(before.get(table));
        }
    }

    /** No row lost, changed or misplaced, no index half built, no lease left. */
    private static void requireWhole(List<String> story) throws SQLException {
        try (Connection owner = TestDatabase.owner()) {
            assertThat(Verification.run(owner)).as(story.toString()).matches(report -> report.passed());
        }
        assertThat(TestDatabase.query(
                        "SELECT string_agg(indexrelid::regclass::text, ' ') FROM pg_index WHERE NOT indisvalid"))
                .as(story.toString())
                .isNull();
        assertThat(TestDatabase.query("SELECT count(*) FROM users WHERE 1 <> (SELECT count(*) FROM realms"
                        + " WHERE user_id = users.id AND is_default AND is_active)"))
                .as(story.toString())
                .isEqualTo("0");
    }

    private static long runner() throws SQLException {
        try (Connection owner = TestDatabase.owner()) {
            String node = RunnerLease.holder(owner).orElseThrow();
            return Long.parseLong(node.substring(node.lastIndexOf('/') + 1));
        }
    }

    private static String reached(String table, int percent) {
        return "SELECT state IN ('verifying', 'migrated') OR EXISTS (SELECT FROM migration.progress WHERE table_name = '%s'"
                        .formatted(table)
                + " AND started_at IS NOT NULL AND done * 100 >= total * %d) FROM migration.state".formatted(percent);
    }

    private static String contracted(int scripts) {
        return "SELECT CASE WHEN to_regclass('flyway_contract_history') IS NULL THEN false"
                + " ELSE (xpath('/row/c/text()', query_to_xml('SELECT count(*) AS c FROM flyway_contract_history', false, true, '')))[1]::text::int"
                + " >= " + scripts + " END";
    }

    /** Also while the database is away, or has no such table yet. */
    private static void awaitTrue(String question, List<String> story) {
        Instant end = Instant.now().plus(Duration.ofMinutes(3));
        while (!isTrue(question)) {
            assertThat(Instant.now()).as(() -> story + " " + where()).isBefore(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static boolean isTrue(String question) {
        try (Connection owner = TestDatabase.owner();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static String where() {
        return TestDatabase.query("SELECT state || ' ' || coalesce(reason, '') FROM migration.state");
    }
}
