package dev.realms.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.testing.oldapplication.OldApplicationShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@DatabaseTest
class ExpandSchemaTest {

    @Test
    void buildsAnEmptyDatabaseToTheEnd() throws Exception {
        DataSource database = FreshDatabases.empty();

        expand(database);

        assertThat(ask(database, "SELECT state FROM migration.state")).containsExactly("finalized");
    }

    @Test
    void adoptsAPreRealmDatabase() throws Exception {
        DataSource database = FreshDatabases.preRealm();

        expand(database);

        assertThat(ask(database, "SELECT state FROM migration.state")).containsExactly("expanded");
        assertThat(ask(database, "SELECT schema_name || ' ' || shape FROM migration.origin"))
                .containsExactly("public " + OldApplicationShape.CHOSEN.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void changesNothingTheSecondTime() throws Exception {
        DataSource database = FreshDatabases.empty();
        expand(database);
        List<String> before = ask(database, "SELECT oid || ' ' || relname FROM pg_class ORDER BY 1");

        expand(database);

        assertThat(ask(database, "SELECT oid || ' ' || relname FROM pg_class ORDER BY 1"))
                .isEqualTo(before);
    }

    @Test
    void refusesAnEncodingInWhichNamesCannotBeCompared() throws Exception {
        DataSource database = FreshDatabases.empty("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");

        assertThatThrownBy(() -> expand(database))
                .isInstanceOf(SchemaException.class)
                .hasMessage("The database's encoding must be UTF8, but is LATIN1.");
        assertThat(ask(database, "SELECT nspname FROM pg_namespace WHERE nspname IN ('migration', 'realms_doors')"))
                .isEmpty();
    }

    @Test
    void leavesAForeignDatabaseAlone() throws Exception {
        DataSource database = FreshDatabases.preRealm("ALTER TABLE users ADD COLUMN phone text NOT NULL");

        assertThatThrownBy(() -> expand(database))
                .isInstanceOf(SchemaException.class)
                .hasMessage("The database is neither empty nor of the pre-realm shape:"
                        + " it has the column users.phone, for which nobody but its own application has a value.");

        assertThat(ask(database, "SELECT relname FROM pg_class WHERE relname LIKE 'flyway%'"))
                .isEmpty();
    }

    @Test
    void asksForTheRuntimeRole() throws Exception {
        DataSource database = FreshDatabases.empty();

        assertThatThrownBy(() -> new ExpandSchema(database, "nobody").run())
                .isInstanceOf(SchemaException.class)
                .hasMessageStartingWith("The runtime role nobody (realms.db.app.user) does not exist");
    }

    @Test
    void goesOnWhereAnEarlierStartEnded() throws Exception {
        DataSource database = FreshDatabases.empty();
        run(database, "CREATE SCHEMA migration");
        for (Stage stage : List.of(Stage.BOOKS, Stage.TABLES, Stage.EXPAND)) {
            new StageRun(database, stage, FreshDatabases.APP_USER, Duration.ZERO).run(() -> false);
        }
        // What a kill leaves of an index that was being built.
        leaveAnInvalidIndex(database);

        expand(database);

        assertThat(ask(database, "SELECT state FROM migration.state")).containsExactly("finalized");
        assertThat(ask(database, "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid"))
                .isEmpty();
    }

    @Test
    void waitsForItsTurnWhenNodesStartTogether() throws Exception {
        DataSource database = FreshDatabases.preRealm();

        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> expand(database));
        expand(database);
        other.join();

        assertThat(ask(database, "SELECT state FROM migration.state")).containsExactly("expanded");
    }

    @Test
    void triesAgainWhenATableIsLocked() throws Exception {
        DataSource database = FreshDatabases.preRealm();
        CompletableFuture<Void> expansion;
        try (Connection reader = database.getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT FROM documents");
            expansion = CompletableFuture.runAsync(() -> expand(database));
            while (ask(database, "SELECT pid FROM pg_locks WHERE relation = 'documents'::regclass AND NOT granted")
                    .isEmpty()) {
                assertThat(expansion.isDone()).isFalse();
            }
            // Longer than the lock timeout: the first try has to fail.
            statement.execute("SELECT pg_sleep(0.8)");
            reader.rollback();
        }
        expansion.join();

        assertThat(ask(database, "SELECT state FROM migration.state")).containsExactly("expanded");
    }

    @Test
    void saysThatALockWasInTheWay() throws Exception {
        DataSource database = FreshDatabases.migrated();
        try (Connection reader = database.getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT FROM documents");

            assertThatThrownBy(() -> new StageRun(database, Stage.FINALIZE, FreshDatabases.APP_USER, Duration.ZERO)
                            .run(() -> false))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage("The schema's stage FINALIZE could not get a lock within 0 minutes"
                            + " (canceling statement due to lock timeout):"
                            + " end the transactions that hold it, and try again.");
        }
    }

    /** Two users of one e-mail address but for case make the unique index fail and stay behind, invalid. */
    private static void leaveAnInvalidIndex(DataSource database) throws SQLException {
        run(database, "INSERT INTO users (name, email) VALUES ('a', 'a@b.c'), ('A', 'A@b.c')");
        assertThatThrownBy(() -> run(
                        database, "CREATE UNIQUE INDEX CONCURRENTLY users_email_folded_key ON users (lower(email))"))
                .isInstanceOf(SQLException.class);
        run(database, "DELETE FROM users");
    }

    private static void expand(DataSource database) {
        new ExpandSchema(database, FreshDatabases.APP_USER).run();
    }

    private static void run(DataSource database, String sql) throws SQLException {
        new TestSql(database).run(sql);
    }

    private static List<String> ask(DataSource database, String sql) throws SQLException {
        return new TestSql(database).ask(sql);
    }
}
