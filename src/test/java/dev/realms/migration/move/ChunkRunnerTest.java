package dev.realms.migration.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.move.FailedChunks.FailedChunk;
import dev.realms.migration.pressure.ChunkSize;
import dev.realms.migration.pressure.Limits;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import dev.realms.migration.state.RunnerLease;
import dev.realms.ops.OwnerDatabase;
import dev.realms.web.problem.DomainException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Portions that can't be done, or not at once. */
@DatabaseTest
class ChunkRunnerTest {

    private static final String ACTOR = "00000000-0000-0000-0000-0000000000aa";
    private static final String LEFT = "SELECT name FROM api_keys WHERE realm_id IS NULL ORDER BY name::integer";

    private TestSql database;

    @BeforeEach
    void expand() throws Exception {
        database = new TestSql(FreshDatabases.expanded(
                "INSERT INTO users (name, email) VALUES ('Anna', 'anna@example.com')",
                "INSERT INTO api_keys (name, key, user_id) SELECT n, n, id FROM users, generate_series(1, 150) AS n"));
        database.run("UPDATE migration.state SET state = 'running'", "SELECT ensure_default_realm(id) FROM users");
        try (Connection connection = database.database().getConnection()) {
            ProgressTable.reset(connection);
        }
    }

    @Test
    void listsTheRowThatFailsAndMovesAllOthers() throws Exception {
        refuse("'7'");

        run(Limits.DEFAULT, new ChunkSize());

        assertThat(database.ask(LEFT)).containsExactly("7");
        assertThat(chunks()).singleElement().satisfies(chunk -> {
            assertThat(chunk.table()).isEqualTo("api_keys");
            assertThat(chunk.fromId()).isEqualTo(chunk.upToId()).isEqualTo(id("7"));
            assertThat(chunk.error()).isEqualTo("The constraint refused refuses it.");
            assertThat(chunk.attempts()).isGreaterThan(3);
            assertThat(chunk.status()).isEqualTo("failed");
        });
        assertThat(database.ask("SELECT done FROM migration.progress WHERE table_name = 'api_keys'"))
                .containsExactly("149");
    }

    @Test
    void triesAFailedRowAgainWithTheNextRun() throws Exception {
        refuse("'7'");
        new PlainMigration(database.database()).moveRows();
        int attempts = chunks().get(0).attempts();
        new PlainMigration(database.database()).moveRows();
        assertThat(chunks())
                .singleElement()
                .satisfies(chunk -> assertThat(chunk.attempts()).isGreaterThan(attempts));

        database.run("ALTER TABLE api_keys DROP CONSTRAINT refused");
        new PlainMigration(database.database()).moveRows();

        assertThat(database.ask(LEFT)).isEmpty();
        assertThat(chunks()).extracting(FailedChunk::status).containsExactly("done");
    }

    @Test
    void givesUpWhenItIsNotTheRows() throws Exception {
        refuse("name");

        assertThatThrownBy(() -> run(Limits.DEFAULT, new ChunkSize()))
                .hasMessage("100 portions have failed. The last one: The constraint refused refuses it");
    }

    @Test
    void givesBackWhatTakesTooLong() throws Exception {
        slowDown("0.01");
        ChunkSize size = new ChunkSize();
        int before = size.rows();
        Limits limits = limits(20);

        run(limits, size);

        assertThat(database.ask(LEFT)).isEmpty();
        assertThat(chunks()).isEmpty();
        assertThat(size.rows()).isLessThan(before);
        assertThat(size.last()).isLessThan(Duration.ofMillis(600));
    }

    @Test
    void takesItsTimeOverTheFewestRowsThereMayBe() throws Exception {
        slowDown("0.002");

        run(Limits.DEFAULT, obeying(new Limits(10, 150, 150, 1, null, null, null, null, null, null, null, null)));

        assertThat(database.ask(LEFT)).isEmpty();
        assertThat(chunks()).isEmpty();
    }

    @Test
    void movesAllOthersWhileARowIsLocked() throws Exception {
        try (Connection writer = database.database().getConnection();
                Statement lock = writer.createStatement()) {
            writer.setAutoCommit(false);
            lock.execute("UPDATE api_keys SET last_used = now() WHERE name = '7'");

            CompletableFuture<Void> done = CompletableFuture.runAsync(() -> unchecked(limits(20)));
            await(() -> database.ask(LEFT).equals(List.of("7")));
            assertThat(done).isNotDone();

            writer.commit();
            done.join();
        }
        assertThat(database.ask(LEFT)).isEmpty();
        assertThat(chunks()).isEmpty();
    }

    @Test
    void leavesOutWhatIsSkipped() throws Exception {
        refuse("'7'");
        new PlainMigration(database.database()).moveRows();
        FailedChunk failed = chunks().get(0);

        FailedChunk skipped = mending().skip(ACTOR, failed.id());
        new PlainMigration(database.database()).moveRows();

        assertThat(skipped.status()).isEqualTo("skipped");
        assertThat(chunks().get(0)).isEqualTo(skipped);
        try (Connection connection = database.database().getConnection()) {
            assertThat(FailedChunks.sentence(connection))
                    .hasValue("Portions of rows could not be moved or were skipped: api_keys (1).");
        }
        assertThat(database.ask("SELECT total - done FROM migration.progress WHERE table_name = 'api_keys'"))
                .containsExactly("1");
        assertThat(new PlainMigration(database.database()).verify().passed()).isFalse();
    }

    @Test
    void retriesAtOnce() throws Exception {
        refuse("'7'");
        run(Limits.DEFAULT, new ChunkSize());
        FailedChunk failed = chunks().get(0);
        mending().skip(ACTOR, failed.id());

        FailedChunk again = mending().retry(ACTOR, failed.id());
        assertThat(again.status()).isEqualTo("failed");
        assertThat(again.attempts()).isGreaterThan(failed.attempts());
        database.run("ALTER TABLE api_keys DROP CONSTRAINT refused");
        FailedChunk done = mending().retry(ACTOR, failed.id());

        assertThat(done.status()).isEqualTo("done");
        assertThat(database.ask(LEFT)).isEmpty();
        assertThatThrownBy(() -> mending().retry(ACTOR, failed.id()))
                .isInstanceOf(DomainException.class)
                .hasMessage("The chunk is done.");
        assertThat(database.ask(
                        "SELECT act || ' ' || outcome || ' ' || (parameters ->> 'table') FROM migration.audit_log"
                                + " WHERE actor = '" + ACTOR + "' ORDER BY id"))
                .containsExactly(
                        "skip-chunk skipped api_keys", "retry-chunk failed api_keys", "retry-chunk done api_keys");
        assertThat(database.ask("SELECT sum(row_count) FROM migration.changes WHERE table_name = 'api_keys'"))
                .as("noted changes")
                .containsOnlyNulls();
    }

    @Test
    void retriesNothingThatARollbackTakesBack() throws Exception {
        refuse("'7'");
        run(Limits.DEFAULT, new ChunkSize());
        database.run("UPDATE migration.state SET state = 'rolling-back'");

        assertThatThrownBy(() -> mending().retry(ACTOR, chunks().get(0).id()))
                .isInstanceOf(DomainException.class)
                .hasMessage("The migration is rolling-back: no chunk can be tried again.");
    }

    @Test
    void namesNoValues() {
        SQLException fault =
                new SQLException("ERROR: invalid value \"secret\"\n  Detail: Failing row contains (secret).", "P0001");

        assertThat(ChunkFault.sentence(fault)).isEqualTo("PostgreSQL refuses it with the code P0001.");
    }

    private void refuse(String name) throws SQLException {
        database.run("ALTER TABLE api_keys ADD CONSTRAINT refused CHECK (realm_id IS NULL OR name <> " + name
                + ") NOT VALID");
    }

    private void slowDown(String seconds) throws SQLException {
        database.run(
                "CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS" + " 'BEGIN PERFORM pg_sleep(" + seconds
                        + "); RETURN NEW; END'",
                "CREATE TRIGGER dawdles BEFORE UPDATE ON api_keys FOR EACH ROW EXECUTE FUNCTION dawdle()");
    }

    /** With portions of as few rows as one. */
    private static Limits limits(int targetMilliseconds) {
        return new Limits(targetMilliseconds, 1, 1_000, 1, null, null, null, null, null, null, null, null);
    }

    private static ChunkSize obeying(Limits limits) {
        ChunkSize size = new ChunkSize();
        size.obey(limits);
        return size;
    }

    private void run(Limits limits, ChunkSize size) throws SQLException {
        size.obey(limits);
        try (Connection connection = database.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(RunnerLease.SESSION);
            new ChunkRunner(Portions.of("api_keys"), size, () -> limits).run(connection, KeyRange.ALL);
        }
    }

    private void unchecked(Limits limits) {
        try {
            run(limits, new ChunkSize());
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private ChunkMending mending() {
        return new ChunkMending(new OwnerDatabase(database.database()));
    }

    private List<FailedChunk> chunks() throws SQLException {
        try (Connection connection = database.database().getConnection()) {
            return FailedChunks.all(connection);
        }
    }

    private String id(String name) throws SQLException {
        return database.ask("SELECT id FROM api_keys WHERE name = '" + name + "'")
                .get(0);
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private static void await(Condition condition) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!condition.holds()) {
            assertThat(Instant.now()).as("gave up waiting").isBefore(end);
            Thread.sleep(20);
        }
    }
}
