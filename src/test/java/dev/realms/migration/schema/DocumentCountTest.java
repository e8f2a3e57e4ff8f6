package dev.realms.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.control.PlainMigration;
import dev.realms.sql.Sql;
import dev.realms.testing.oldapplication.OldApplicationShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the database counts documents: for the pre-realm application until the finalization, and for everybody then. */
@DatabaseTest
class DocumentCountTest {

    private static final String[] TWO_DATABASES = {
        "INSERT INTO users (name, email) VALUES ('Anna', 'anna@example.com')",
        "INSERT INTO database_servers (name, type, host, port, user_id) SELECT 's', 'QDRANT', 'h', 1, id FROM users",
        "INSERT INTO databases (name, description, document_count, user_id, server_id)"
                + " SELECT n, '', 7, user_id, id FROM database_servers, (VALUES ('a'), ('b')) AS v (n)",
        "INSERT INTO documents (name, type, user_id, database_id)"
                + " SELECT i, 't', user_id, id FROM databases, generate_series(1, 3) AS i WHERE name = 'a'"
    };

    /** The number of the script. */
    private static final int SETS_COUNTS_RIGHT = 8;

    private static final String COUNTS =
            "SELECT string_agg(name || ' ' || document_count, ' ' ORDER BY name, document_count) FROM databases";

    private static final String OLD_COUNTS =
            "SELECT string_agg(name || ' ' || [document_count], ' ' ORDER BY name) FROM public.databases";

    /** Everything commits, though each transaction began before the other one ended, and writes for both databases. */
    @ParameterizedTest
    @ValueSource(strings = {"READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"})
    void oldTransactionsWaitForNobodyWhoCounts(String level) throws Exception {
        TestSql database = new TestSql(FreshDatabases.migrated(TWO_DATABASES));
        String write =
                "INSERT INTO public.documents (id, name, type, [updated_at], [user_id], [database_id]) SELECT gen_random_uuid(), 'new', 't', now(), [user_id], id"
                        + " FROM public.databases WHERE name = '%s'";
        try (Connection one = database.database().getConnection();
                Connection other = database.database().getConnection()) {
            for (Connection connection : List.of(one, other)) {
                connection.setAutoCommit(false);
                run(connection, "SET TRANSACTION ISOLATION LEVEL " + level);
                run(connection, "SET LOCAL lock_timeout = '1s'");
            }
            run(one, write.formatted("a"));
            run(other, write.formatted("b"));
            run(one, write.formatted("b"));
            run(other, write.formatted("a"));
            one.commit();
            other.commit();
        }

        assertThat(database.ask(OLD_COUNTS)).containsExactly("a 7 b 7");
        assertThat(database.ask("SELECT count(*) FROM databases WHERE document_count IS NULL"))
                .containsExactly("2");
        StageRun.finalization(database.database()).run(() -> false);
        assertThat(database.ask(COUNTS)).containsExactly("a 5 b 2");
        assertThat(new PlainMigration(database.database()).verify().passed()).isTrue();
    }

    /** The pre-realm application counts for itself; it finds its own count and what the service has written since. */
    @Test
    void whatTheServiceWritesIsCountedForTheOldApplication() throws Exception {
        TestSql database = new TestSql(FreshDatabases.migrated(TWO_DATABASES));

        database.run(
                "SELECT set_config('app.realm_id', (SELECT id::text FROM realms), false)",
                "INSERT INTO documents (realm_id, name, type, user_id, database_id)"
                        + " SELECT realm_id, 'new', 't', user_id, id FROM databases, generate_series(1, 5) WHERE name = 'b'",
                "DELETE FROM documents WHERE name = '1'",
                "UPDATE documents SET database_id = (SELECT id FROM databases WHERE name = 'b') WHERE name = '2'");

        assertThat(database.ask(OLD_COUNTS)).containsExactly("a 5 b 13");
    }

    @Test
    void countsAreSetRightAndKeptFromTheFinalizationOn() throws Exception {
        TestSql database = finalized();

        assertThat(database.ask(COUNTS)).containsExactly("a 3 b 0");
        database.run("DELETE FROM documents WHERE name = '1'", "UPDATE databases SET document_count = 9");
        assertThat(database.ask(COUNTS)).containsExactly("a 2 b 0");
        database.run("TRUNCATE documents CASCADE");
        assertThat(database.ask(COUNTS)).containsExactly("a 0 b 0");
    }

    @Test
    void aTruncationInTheMiddleOfTheFinalizationIsCounted() throws Exception {
        TestSql database = new TestSql(FreshDatabases.migrated(TWO_DATABASES));
        AtomicInteger scripts = new AtomicInteger();
        assertThatThrownBy(() -> StageRun.finalization(database.database())
                        .run(() -> scripts.incrementAndGet() > SETS_COUNTS_RIGHT))
                .hasMessageContaining("stopped before V9");

        database.run("TRUNCATE documents CASCADE");
        StageRun.finalization(database.database()).run(() -> false);

        assertThat(database.ask(COUNTS)).containsExactly("a 0 b 0");
    }

    /** Otherwise a statement's time grows with the square of the documents it writes. */
    @Test
    void aStatementWritesACountOnceHoweverManyDocumentsItWrites() throws Exception {
        TestSql database = finalized();
        database.run("DELETE FROM documents");

        assertThat(
                        counted(
                                database,
                                "INSERT INTO documents (realm_id, name, type, user_id, database_id)"
                                        + " SELECT realm_id, i, 't', user_id, id FROM databases, generate_series(1, 500) AS i WHERE name = 'a'"))
                .containsExactly("1", "a 500 b 0");
        assertThat(
                        counted(
                                database,
                                "UPDATE documents SET database_id = (SELECT id FROM databases WHERE name = 'b') WHERE name::int <= 200"))
                .containsExactly("2", "a 300 b 200");
        assertThat(counted(database, "UPDATE documents SET quality = 1")).containsExactly("0", "a 300 b 200");
        assertThat(counted(database, "DELETE FROM documents WHERE name::int <= 250"))
                .containsExactly("2", "a 250 b 0");
        assertThat(counted(database, "UPDATE documents SET database_id = NULL WHERE name::int <= 300"))
                .containsExactly("1", "a 200 b 0");
        assertThat(counted(database, "DELETE FROM databases WHERE name = 'a'")).containsExactly("0", "b 0");
    }

    /** From the finalization on an id is unique in its realm only. */
    @Test
    void documentsThatMoveBetweenDatabasesOfOneIdAreCounted() throws Exception {
        TestSql database = finalized();
        database.run(
                "INSERT INTO realms (name, user_id) SELECT 'Work', id FROM users",
                "INSERT INTO database_servers (name, type, host, port, user_id, realm_id) SELECT 's', 'QDRANT', 'h', 1, user_id, id FROM realms WHERE name = 'Work'",
                "INSERT INTO databases (id, name, description, user_id, server_id, realm_id) SELECT d.id, 'c', '', s.user_id, s.id, s.realm_id"
                        + " FROM databases AS d, database_servers AS s JOIN realms AS r ON r.id = s.realm_id WHERE r.name = 'Work' AND d.name = 'a'");

        assertThat(counted(database, "UPDATE documents SET realm_id = (SELECT id FROM realms WHERE name = 'Work')"))
                .containsExactly("2", "a 0 b 0 c 3");
    }

    private static TestSql finalized() throws SQLException {
        TestSql database = new TestSql(FreshDatabases.migrated(TWO_DATABASES));
        StageRun.finalization(database.database()).run(() -> false);
        return database;
    }

    /** How many rows of the table of databases the statement updated, and the counts after it. */
    private static List<String> counted(TestSql database, String statement) throws SQLException {
        try (Connection connection = database.database().getConnection()) {
            connection.setAutoCommit(false);
            run(connection, statement);
            List<String> found =
                    Sql.texts(connection, "SELECT n_tup_upd FROM pg_stat_xact_user_tables WHERE relname = 'databases'");
            found.addAll(Sql.texts(connection, COUNTS));
            connection.commit();
            return found;
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        Sql.execute(connection, OldApplicationShape.CHOSEN.named(sql));
    }
}
