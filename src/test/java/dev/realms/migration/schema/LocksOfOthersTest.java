package dev.realms.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.control.PlainMigration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dump, or a vacuum that gives way to nobody, is at work when the schema is to be changed. The old application is held up by neither. */
@DatabaseTest
class LocksOfOthersTest {

    private static final String ROWS = "INSERT INTO users (name, email) VALUES ('Anna', 'anna@example.com')";

    private static final String TABLES = "users, user_settings, database_servers, databases, documents, jobs, api_keys";

    /** The longest lock timeout under which others queue. */
    private static final String HELD_UP_TOO_LONG = "SET lock_timeout = '1500ms'";

    private enum Change {
        EXPAND {
            @Override
            DataSource before() throws SQLException {
                return FreshDatabases.preRealm(ROWS);
            }

            @Override
            void run(DataSource database) {
                new ExpandSchema(database, FreshDatabases.APP_USER).run();
            }
        },
        CONTRACT {
            @Override
            DataSource before() throws SQLException {
                DataSource database = FreshDatabases.expanded(ROWS);
                new PlainMigration(database).verifyAfterMoving();
                return database;
            }

            @Override
            void run(DataSource database) {
                StageRun.contract(database).run(() -> false);
            }
        };

        abstract DataSource before() throws SQLException;

        abstract void run(DataSource database);
    }

    /** What pg_dump holds until it has ended. */
    @ParameterizedTest
    @EnumSource
    void waitsForADump(Change change) throws Exception {
        DataSource database = change.before();
        CompletableFuture<Void> running;
        try (Connection dump = database.getConnection();
                Statement statement = dump.createStatement()) {
            statement.execute("SET application_name = 'nightly dump'");
            dump.setAutoCommit(false);
            dump.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT FROM users");
            statement.execute("LOCK TABLE " + TABLES + " IN ACCESS SHARE MODE");

            running = CompletableFuture.runAsync(() -> change.run(database));

            awaitAWaiter(database, running, "AND (locktype = 'virtualxid' OR mode LIKE '%ExclusiveLock')");
            assertThat(LockHolders.oldest(database)).startsWith("nightly dump (process ");
            writeEverywhere(database);
            assertThat(running).isNotDone();
        }
        running.join();
    }

    /** What a vacuum against wraparound holds on its table. */
    @ParameterizedTest
    @EnumSource
    void waitsForAVacuumThatGivesWayToNobody(Change change) throws Exception {
        DataSource database = change.before();
        CompletableFuture<Void> running;
        try (Connection vacuum = database.getConnection();
                Statement statement = vacuum.createStatement()) {
            statement.execute("SET application_name = 'vacuum'");
            vacuum.setAutoCommit(false);
            statement.execute("LOCK TABLE documents IN SHARE UPDATE EXCLUSIVE MODE");

            running = CompletableFuture.runAsync(() -> change.run(database));

            // Where nobody queues behind.
            awaitAWaiter(
                    database, running, "AND relation = 'documents'::regclass AND mode = 'ShareUpdateExclusiveLock'");
            assertThat(LockHolders.oldest(database)).contains("vacuum (process ");
            writeEverywhere(database);
            assertThat(running).isNotDone();
        }
        running.join();
    }

    private static void awaitAWaiter(DataSource database, CompletableFuture<Void> running, String which)
            throws SQLException {
        Instant end = Instant.now().plusSeconds(60);
        while (new TestSql(database)
                .ask("SELECT pid FROM pg_locks WHERE NOT granted AND (database IS NULL"
                        + " OR database = (SELECT oid FROM pg_database WHERE datname = current_database())) " + which)
                .isEmpty()) {
            assertThat(running).isNotDone();
            assertThat(Instant.now()).isBefore(end);
        }
    }

    private static void writeEverywhere(DataSource database) throws SQLException {
        for (String table : TABLES.split(", ")) {
            new TestSql(database)
                    .run(HELD_UP_TOO_LONG, "UPDATE " + table + " SET id = id", "SELECT count(*) FROM " + table);
        }
    }
}
