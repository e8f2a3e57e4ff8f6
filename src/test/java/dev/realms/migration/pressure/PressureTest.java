package dev.realms.migration.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every signal that one PostgreSQL can be made to give, asked for by a role without any rights but its own. */
@DatabaseTest
class PressureTest {

    private static final Limits NONE = new Limits(100, 100, 20_000, 1, null, null, null, null, null, null, null, null);
    private static final Long OURS = 42L;

    private final Pressure pressure = new Pressure(OURS);
    private TestSql database;
    private Connection connection;
    private Connection other;

    @BeforeEach
    void open() throws Exception {
        database = new TestSql(FreshDatabases.expanded());
        connection = database.database().getConnection();
        other = database.database().getConnection();
        other.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        other.close();
    }

    @Test
    void isNoneInAQuietDatabase() throws Exception {
        look(new Limits(100, 100, 20_000, 1, 0, 0, 50, 1_000, 1_000, 0, 0, 60));

        assertThat(pressure.throttle()).isEmpty();
        assertThat(pressure.pauses()).isFalse();
    }

    @Test
    void sessionsThatWaitForALock() throws Exception {
        execute(other, "LOCK TABLE jobs");
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            try {
                database.run("TABLE jobs");
            } catch (SQLException fault) {
                throw new IllegalStateException(fault);
            }
        });
        while (database.ask("SELECT pid FROM pg_locks WHERE NOT granted").isEmpty()) {
            assertThat(waiting).isNotDone();
        }
        Limits limits = limits("lockWaits", 0);

        look(limits);
        Instant since = pressure.throttle().orElseThrow().since();
        look(limits);

        assertThat(pressure.throttle()).hasValue(new Pressure.Throttle("lockWaits", 1, 0, since));
        assertThat(pressure.pauses()).isTrue();
        other.rollback();
        waiting.join();
        look(limits);
        assertThat(pressure.throttle()).isEmpty();
    }

    @Test
    void sessionsInATransaction() throws Exception {
        execute(other, "SELECT");

        look(limits("activeSessions", 0));

        assertThat(signal()).hasValue("activeSessions");
        assertThat(pressure.pauses()).isTrue();
    }

    @Test
    void nothingThatTheMigrationDoesItself() throws Exception {
        execute(other, "SELECT pg_advisory_lock(" + OURS + "); LOCK TABLE jobs IN SHARE UPDATE EXCLUSIVE MODE");

        look(limits("tableMaintenance", 0));

        assertThat(pressure.throttle()).isEmpty();
    }

    /** What vacuum holds, whoever's it is. */
    @Test
    void vacuumOfTheTableAtWork() throws Exception {
        execute(other, "LOCK TABLE jobs IN SHARE UPDATE EXCLUSIVE MODE");

        look(limits("tableMaintenance", 0));

        assertThat(signal()).hasValue("tableMaintenance");
        assertThat(pressure.pauses()).isFalse();
        pressure.measure(connection, "documents", Duration.ZERO, limits("tableMaintenance", 0));
        assertThat(pressure.throttle()).isEmpty();
    }

    @Test
    void ownTransactionsThatTookLong() throws Exception {
        Limits limits = limits("transactionMilliseconds", 500);

        pressure.measure(connection, "jobs", Duration.ofMillis(501), limits);
        assertThat(signal()).hasValue("transactionMilliseconds");
        assertThat(pressure.pauses()).isFalse();
        pressure.measure(connection, "jobs", Duration.ofMillis(500), limits);
        assertThat(pressure.throttle()).isEmpty();
    }

    @Test
    void moreWriteAheadLogThanThereMayBe() throws Exception {
        Limits limits = limits("walMegabytesPerSecond", 1);
        Instant now = Instant.now();
        pressure.measure(PressureReadings.take(connection, "jobs", OURS), Duration.ZERO, limits, now);
        database.run("CREATE TABLE filler AS SELECT repeat('x', 1000) AS x FROM generate_series(1, 5000)");

        pressure.measure(PressureReadings.take(connection, "jobs", OURS), Duration.ZERO, limits, now.plusSeconds(1));
        assertThat(signal()).hasValue("walMegabytesPerSecond");
        assertThat(pressure.pauses()).isTrue();
        pressure.measure(PressureReadings.take(connection, "jobs", OURS), Duration.ZERO, limits, now.plusSeconds(60));
        assertThat(pressure.throttle()).isEmpty();
    }

    /** Its beginning is hidden where it is another role's, and then counts from when it was first seen. */
    @Test
    void aSnapshotThatIsOld() throws Exception {
        Limits limits = limits("snapshotAgeSeconds", 60);
        try (Connection superuser =
                FreshDatabases.asSuperuser(database.database()).getConnection()) {
            superuser.setAutoCommit(false);
            superuser.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            execute(superuser, "SELECT count(*) FROM jobs");
            Instant now = Instant.now();

            pressure.measure(PressureReadings.take(connection, "jobs", OURS), Duration.ZERO, limits, now);
            assertThat(pressure.throttle()).isEmpty();
            pressure.measure(
                    PressureReadings.take(connection, "jobs", OURS), Duration.ZERO, limits, now.plusSeconds(61));
            assertThat(signal()).hasValue("snapshotAgeSeconds");
            assertThat(pressure.pauses()).isFalse();
        }
    }

    private void look(Limits limits) throws SQLException {
        pressure.measure(connection, "jobs", Duration.ZERO, limits);
    }

    private Optional<String> signal() {
        return pressure.throttle().map(Pressure.Throttle::signal);
    }

    private Limits limits(String name, int value) throws SQLException {
        database.run(
                "CREATE SCHEMA IF NOT EXISTS migration",
                "CREATE TABLE IF NOT EXISTS migration.limits (name text PRIMARY KEY, value integer)",
                "TRUNCATE migration.limits");
        NONE.write(
                connection,
                java.util.Set.of(
                        "replicaLagSeconds",
                        "lockWaits",
                        "activeSessions",
                        "transactionMilliseconds",
                        "walMegabytesPerSecond",
                        "archiveQueueFiles",
                        "tableMaintenance",
                        "snapshotAgeSeconds"));
        database.run("UPDATE migration.limits SET value = " + value + " WHERE name = '" + name + "'");
        return Limits.read(connection);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
