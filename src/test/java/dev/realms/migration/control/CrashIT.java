package dev.realms.migration.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.check.VerificationReport;
import dev.realms.migration.rollback.RollbackListener.Phase;
import dev.realms.migration.state.RunnerLease;
import dev.realms.testing.Api;
import dev.realms.testing.Effort;
import dev.realms.testing.Node;
import dev.realms.testing.Seed;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.Tokens;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} of the application server and of PostgreSQL all the way there, back and there for good, while the application from
 * before realms is at work. A failure names its seed, which {@code -Drealms.seed=…} repeats; {@code -Drealms.effort=10}
 * tries as many stories.
 *
 * <p>What is left afterwards lies in the database; each server's own memory of its batch jobs is gone with it.
 */
@Tag("any-server")
class CrashIT {

    private static final Seed SEED = Seed.of(CrashIT.class);
    private static final String MIGRATION = "/api/admin/migration";
    private static final String OPERATOR = "operator@example.com";
    /** Where the migration may be hit: true of the database when that is reached. */
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
            "to_regclass('migration.flyway_finalize') IS NOT NULL");

    private List<String> story;
    private Node node;
    private Connection looking;

    static LongStream seeds() {
        return SEED.several(Effort.TIMES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void losesNothingWhateverIsKilled(long seed) throws Exception {
        Random random = new Random(seed);
        story = new ArrayList<>(List.of("-Drealms.seed=" + seed));
        TestDatabase.resetToPreRealm(600);
        TestDatabase.asOwner("INSERT INTO users (name, email, role) VALUES ('Operator', '" + OPERATOR + "', 'ADMIN')");
        Map<String, String> before = OldApplication.checksumsOfOthers();
        try (OldApplication application = new OldApplication(seed)) {
            application.begin();
            migrates(random);
            String realms = realms("realms");
            goesBack(random);
            application.end();
            assertThat(realms("realms_archive.realms")).as(story.toString()).isEqualTo(realms);
            requireKept(before, application);
            comesBack();
            assertThat(realms("realms")).as(story.toString()).isEqualTo(realms);
            requireKept(before, application);
            requireWhole();
            finalizes(random);
            requireWhole();
        } finally {
            if (node != null) {
                node.kill();
            }
            if (looking != null) {
                looking.close();
            }
        }
    }

    /** Of two nodes the one that works is killed, and the other one takes over; then the database, below the one that is left. */
    private void migrates(Random random) throws SQLException {
        int[] points = random.ints(2, 0, POINTS.size()).sorted().toArray();
        Node one = start("one");
        Node two = start("two");
        try {
            awaitTrue(POINTS.get(points[0]));
            pause(random);
            boolean first = kills(random.nextBoolean(), one, two);
            story.add("server killed at " + POINTS.get(points[0]));
            (first ? one : two).kill();
            node = first ? two : one;
            awaitTrue(POINTS.get(points[1]));
            pause(random);
            story.add("database killed at " + POINTS.get(points[1]));
            crashDatabase();
            awaitState("migrated");
        } catch (RuntimeException | SQLException | AssertionError failed) {
            one.kill();
            two.kill();
            throw failed;
        }
        requireWhole();
    }

    /** Whether the first node is to be killed: the one that works, which is one of the two, as long as there is work. */
    private boolean kills(boolean otherwise, Node one, Node two) throws SQLException {
        Instant end = Instant.now().plusSeconds(10);
        Optional<Long> runner = runner();
        while (runner.isEmpty() && !isTrue("SELECT state = 'migrated' FROM migration.state")) {
            assertThat(Instant.now()).as(() -> story + " nobody works").isBefore(end);
            LockSupport.parkNanos(10_000_000);
            runner = runner();
        }
        runner.ifPresent(pid ->
                assertThat(one.pids().contains(pid) ^ two.pids().contains(pid)).isTrue());
        return runner.map(one.pids()::contains).orElse(otherwise);
    }

    /** Killed on the way back, it ends where it would have, whoever asked for it. */
    private void goesBack(Random random) {
        act("rollback", "{\"confirm\": \"rollback\"}");
        int steps = 1 + random.nextInt(Phase.values().length - 1);
        awaitTrue(
                "SELECT state = 'rolled-back' OR (SELECT count(*) FROM migration.progress WHERE table_name LIKE 'rollback: %') >= "
                        + steps + " FROM migration.state");
        pause(random);
        killServer(random, "rollback", "step " + steps + " of the rollback");
        awaitState("rolled-back");
    }

    private void comesBack() {
        node.kill();
        node = start("back");
        act("start", null);
        awaitState("migrated");
    }

    /** After a crash it hashes and seals what is left, each value once. */
    private void finalizes(Random random) {
        String keys = TestDatabase.query(
                "SELECT string_agg('sha256:' || encode(sha256(key::bytea), 'hex'), ' ' ORDER BY id) FROM api_keys");
        act("finalize", "{\"confirm\": \"finalize\"}");
        String point = FINAL_POINTS.get(random.nextInt(FINAL_POINTS.size()));
        awaitTrue("SELECT state = 'finalized' OR " + point + " FROM migration.state");
        killServer(random, "finalize", point);
        awaitState("finalized");
        assertThat(TestDatabase.query("SELECT string_agg(left(key, 71), ' ' ORDER BY id) FROM api_keys"))
                .as(story.toString())
                .isEqualTo(keys);
        assertThat(TestDatabase.query("SELECT count(*) FROM database_servers WHERE password NOT LIKE 'realms:%'"))
                .as(story.toString())
                .isEqualTo("0");
    }

    private static Node start(String name) {
        return Node.start(name, Map.of("REALMS_MIGRATION_AUTOSTART", "true"));
    }

    /** Perhaps together with its database. The next one is a command's server, which goes on with what it was asked for. */
    private void killServer(Random random, String action, String where) {
        boolean both = random.nextBoolean();
        story.add("server " + (both ? "and database " : "") + "killed at " + where);
        node.kill();
        if (both) {
            crashDatabase();
        }
        node = Node.start("again", Map.of("REALMS_SERVING", "false", "REALMS_MIGRATE_ACTION", action));
    }

    private void crashDatabase() {
        TestDatabase.crash();
        // Otherwise the next question would be answered with no.
        looking = null;
    }

    /** As an operator, who asks again while the server finds its database again. */
    private void act(String act, String body) {
        Api operator = node.awaitStart().api().as(Tokens.of(OPERATOR, "ADMIN"));
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        Api.Answer answer = operator.post(MIGRATION + "/" + act, body);
        while (answer.status() == 503 && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(200_000_000);
            answer = operator.post(MIGRATION + "/" + act, body);
        }
        assertThat(answer.status()).as(story + " " + answer).isEqualTo(202);
    }

    private static void pause(Random random) {
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(200)).toNanos());
    }

    private static String realms(String table) {
        return TestDatabase.query("SELECT string_agg(id::text, ' ' ORDER BY id) FROM " + table);
    }

    /** What the pre-realm application wrote is there, and whatever it did not write is what it was. */
    private void requireKept(Map<String, String> before, OldApplication application) throws SQLException {
        assertThat(application.failures()).as(story.toString()).isEmpty();
        assertThat(OldApplication.found()).as(story.toString()).containsAllEntriesOf(application.documents());
        assertThat(OldApplication.checksumsOfOthers()).as(story.toString()).isEqualTo(before);
    }

    /** No row lost, changed or misplaced, no index half built, no lease left. */
    private void requireWhole() throws SQLException {
        try (Connection owner = TestDatabase.owner()) {
            assertThat(VerificationReport.of(owner)).as(story.toString()).matches(report -> report.passed());
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

    /** Nobody works when the end was reached first. */
    private static Optional<Long> runner() throws SQLException {
        try (Connection owner = TestDatabase.owner()) {
            return RunnerLease.holder(owner)
                    .map(holder -> Long.parseLong(holder.substring(holder.lastIndexOf('/') + 1)));
        }
    }

    private static String reached(String table, int percent) {
        return "SELECT state IN ('verifying', 'migrated') OR EXISTS (SELECT FROM migration.progress WHERE table_name = '%s'"
                        .formatted(table)
                + " AND started_at IS NOT NULL AND done * 100 >= total * %d) FROM migration.state".formatted(percent);
    }

    private static String contracted(int scripts) {
        return "SELECT CASE WHEN to_regclass('migration.flyway_contract') IS NULL THEN false"
                + " ELSE (xpath('/row/c/text()', query_to_xml('SELECT count(*) AS c FROM migration.flyway_contract', false, true, '')))[1]::text::int"
                + " >= " + scripts + " END";
    }

    private void awaitState(String state) {
        awaitTrue("SELECT state = '" + state + "' FROM migration.state");
    }

    private void awaitTrue(String question) {
        Instant end = Instant.now().plus(Duration.ofMinutes(3));
        while (!isTrue(question)) {
            assertThat(Instant.now()).as(() -> story + " " + where()).isBefore(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** Also while the database is away, or has no such table yet. On one connection as long as it lasts: a new one is work. */
    private boolean isTrue(String question) {
        try {
            if (looking == null) {
                looking = TestDatabase.owner();
            }
            try (Statement statement = looking.createStatement();
                    ResultSet row = statement.executeQuery(question)) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException notYet) {
            String state = String.valueOf(notYet.getSQLState());
            if (state.startsWith("08") || state.startsWith("57P")) {
                looking = null;
            }
            return false;
        }
    }

    private static String where() {
        return TestDatabase.query("SELECT state || ' ' || coalesce(reason, '') FROM migration.state");
    }
}
