package dev.realms.migration.move;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import dev.realms.migration.state.RunnerLease;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@DatabaseTest
class TableRunTest {

    private static final String LEFT = "SELECT count(*) FROM api_keys WHERE realm_id IS NULL";

    private TestSql database;

    @BeforeEach
    void expand() throws Exception {
        database = new TestSql(FreshDatabases.expanded(
                "INSERT INTO users (name, email) VALUES ('Anna', 'anna@example.com')",
                "INSERT INTO api_keys (name, key, user_id) SELECT n, n, id FROM users, generate_series(1, 1000) AS n"));
        database.run("UPDATE migration.state SET state = 'running'", "SELECT ensure_default_realm(id) FROM users");
        try (Connection connection = database.database().getConnection()) {
            ProgressTable.reset(connection);
        }
    }

    @Test
    void worksInAsManySessionsAsItMay() throws Exception {
        limit("floorRows", 100);
        limit("ceilingRows", 100);
        limit("parallelism", 4);

        List<Integer> waves = new ArrayList<>();
        through(wave -> waves.add(wave.ranges().size()));

        assertThat(waves).containsExactly(4, 4, 2);
        assertThat(database.ask(LEFT)).containsExactly("0");
        assertThat(database.ask("SELECT done FROM migration.progress WHERE table_name = 'api_keys'"))
                .containsExactly("1000");
        assertThat(database.ask("SELECT count(DISTINCT pid) FROM worked_by")).containsExactly("4");
        assertThat(database.ask("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database ="
                        + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .as("given back")
                .isEmpty();
    }

    @Test
    void obeysLimitsThatChangeWhileItRuns() throws Exception {
        limit("floorRows", 50);
        limit("ceilingRows", 50);
        List<Integer> rows = new ArrayList<>();
        AtomicInteger left = new AtomicInteger(1_000);

        through(wave -> {
            int now = Integer.parseInt(database.ask(LEFT).get(0));
            rows.add(left.getAndSet(now) - now);
            if (rows.size() == 2) {
                limit("floorRows", 10);
                limit("ceilingRows", 10);
                Thread.sleep(1_100);
            }
        });

        assertThat(rows).startsWith(50, 50, 10).endsWith(10);
        assertThat(database.ask("SELECT parallelism FROM migration.vitals")).containsExactly("1");
    }

    @Test
    void waitsWhileOthersWaitForLocksAndSaysSo() throws Exception {
        limit("lockWaits", 0);
        Set<String> said = ConcurrentHashMap.newKeySet();
        try (Connection holder = database.database().getConnection();
                Connection waiter = database.database().getConnection();
                Statement hold = holder.createStatement();
                Statement wait = waiter.createStatement()) {
            holder.setAutoCommit(false);
            hold.execute("LOCK TABLE user_settings");
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> execute(wait, "TABLE user_settings"));
            await(() ->
                    !database.ask("SELECT pid FROM pg_locks WHERE NOT granted").isEmpty());

            CompletableFuture<Void> run = CompletableFuture.runAsync(() -> unchecked());
            await(() -> said.addAll(
                    database.ask("SELECT throttle_signal || ' ' || throttle_value || ' over ' || throttle_limit"
                            + " FROM migration.vitals WHERE throttle_signal IS NOT NULL")));
            List<String> looked = database.ask("SELECT heartbeat_at FROM migration.vitals");
            await(() ->
                    !database.ask("SELECT heartbeat_at FROM migration.vitals").equals(looked));
            assertThat(database.ask(LEFT)).containsExactly("1000");

            holder.commit();
            waiting.join();
            run.join();
        }
        assertThat(said).containsExactly("lockWaits 1 over 0");
        assertThat(database.ask(LEFT)).containsExactly("0");
    }

    @Test
    void stopsBetweenPortions() throws Exception {
        limit("ceilingRows", 100);
        AtomicInteger asked = new AtomicInteger();
        try (Connection connection = session();
                TableRun rows = TableRun.of("api_keys", crew(connection))) {
            for (Optional<TableRun.ParallelPortions> wave = rows.next(() -> asked.incrementAndGet() < 4);
                    wave.isPresent();
                    wave = rows.next(() -> asked.incrementAndGet() < 4)) {
                rows.work(wave.get());
            }
            assertThat(rows.hasEnded()).isFalse();
        }

        assertThat(database.ask(LEFT)).containsExactly("700");
    }

    /** The last key of all is followed by the first, where a row that fails would be found again and again. */
    @Test
    void endsBehindTheLastKeyThereCanBe() throws Exception {
        database.run(
                "ALTER TABLE api_keys DISABLE TRIGGER USER",
                "UPDATE api_keys SET id = 'ffffffff-ffff-ffff-ffff-ffffffffffff' WHERE name = '1'",
                "UPDATE api_keys SET id = '00000000-0000-0000-0000-000000000000' WHERE name = '2'",
                "ALTER TABLE api_keys ENABLE TRIGGER USER",
                "ALTER TABLE api_keys ADD CONSTRAINT refused CHECK (realm_id IS NULL OR name <> '2') NOT VALID");

        through(wave -> {});

        assertThat(database.ask("SELECT name FROM api_keys WHERE realm_id IS NULL"))
                .containsExactly("2");
    }

    private interface Watcher {
        void after(TableRun.ParallelPortions wave) throws Exception;
    }

    /** Notes which sessions write. */
    private void through(Watcher watcher) throws Exception {
        database.run(
                "CREATE TABLE worked_by (pid integer)",
                "CREATE FUNCTION note_worker() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN INSERT INTO worked_by VALUES (pg_backend_pid()); RETURN NULL; END'",
                "CREATE TRIGGER notes_worker AFTER UPDATE ON api_keys FOR EACH STATEMENT EXECUTE FUNCTION note_worker()");
        try (Connection connection = session();
                TableRun rows = TableRun.of("api_keys", crew(connection))) {
            for (Optional<TableRun.ParallelPortions> wave = rows.next(() -> true);
                    wave.isPresent();
                    wave = rows.next(() -> true)) {
                rows.work(wave.get());
                watcher.after(wave.get());
            }
            assertThat(rows.hasEnded()).isTrue();
        }
    }

    private void unchecked() {
        try {
            through(wave -> {});
        } catch (Exception fault) {
            throw new IllegalStateException(fault);
        }
    }

    private WorkSessions crew(Connection connection) {
        return new PlainMigration(database.database()).sessions(connection);
    }

    private Connection session() throws SQLException {
        Connection connection = database.database().getConnection();
        execute(connection.createStatement(), RunnerLease.SESSION);
        return connection;
    }

    private void limit(String name, int value) throws SQLException {
        database.run("INSERT INTO migration.limits VALUES ('" + name + "', " + value
                + ") ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
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
