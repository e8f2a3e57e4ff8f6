package dev.realms.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.rollback.PlainRollback;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.StageRun;
import dev.realms.migration.schema.TestSql;
import dev.realms.security.secret.TestKeys;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code move_rows} takes along, in both states in which rows move. */
@DatabaseTest
class MoveRowsTest {

    private static final String[] ROWS = {
        "INSERT INTO users (name, email) VALUES ('Anna', 'anna@example.com'), ('Bert', 'bert@example.com')",
        "INSERT INTO database_servers (name, type, host, port, user_id, password) SELECT s, 'QDRANT', 'h', 1, id, 'plain' FROM users, (VALUES ('s'), ('t')) AS v (s)",
        "INSERT INTO databases (name, description, user_id, server_id) SELECT 'd' || name, '', user_id, id FROM database_servers",
        "INSERT INTO documents (name, type, user_id, database_id)"
                + " SELECT name || i, 't', user_id, id FROM databases, generate_series(1, 3) AS i",
        "INSERT INTO jobs (document_name, document_type, document_id, user_id) SELECT name, 't', id, user_id FROM documents",
        "INSERT INTO api_keys (name, key, user_id) SELECT 'k', 'sk_' || id, id FROM users"
    };

    /** Realm by realm: servers, databases with their numbers of documents, documents, jobs, keys. */
    private static final String CONTENT = """
            SELECT r.name || ': ' || concat_ws(' ',
              (SELECT string_agg(name, ' ' ORDER BY name) FROM database_servers WHERE realm_id = r.id),
              (SELECT string_agg(d.name || '=' || coalesce(document_count, (SELECT count(*) FROM documents WHERE realm_id = r.id AND database_id = d.id)), ' ' ORDER BY d.name)
               FROM databases AS d WHERE realm_id = r.id),
              (SELECT string_agg(name || CASE WHEN database_id IS NULL THEN '-' ELSE '' END, ' ' ORDER BY name) FROM documents WHERE realm_id = r.id),
              (SELECT count(*) FROM jobs WHERE realm_id = r.id) || 'j', (SELECT count(*) FROM api_keys WHERE realm_id = r.id) || 'k')
            FROM realms AS r JOIN users AS u ON u.id = r.user_id WHERE u.name = 'Anna' AND r.is_active ORDER BY r.name
            """;

    private TestSql database;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerTakesAllThatHangsOnIt(boolean isFinalized) throws Exception {
        make(isFinalized);

        assertThat(move("'s'", "", "", "NULL, false, false, false"))
                .containsExactly("moved server 1", "moved database 1", "moved document 3", "moved job 3");

        assertThat(database.ask(CONTENT))
                .containsExactly("Default: t dt=3 dt1 dt2 dt3 3j 1k", "Work: s ds=3 ds1 ds2 ds3 3j 0k");
    }

    @ParameterizedTest
    @CsvSource({
        "'',    '',     '''ds1''', 'NULL, false, false, false', 'torn document ds1'",
        "'',    '''ds''', '',      'NULL, true, true, false',   'torn database ds'",
        "'''s''', '',   '',        'NULL, false, false, true',  ''",
    })
    void nothingMovesWhereSomethingIsInTheWayOrNobodyAskedForIt(
            String servers, String databases, String documents, String rest, String found) throws Exception {
        make(true);
        List<String> before = database.ask(CONTENT);

        assertThat(move(servers, databases, documents, rest)).anyMatch(line -> line.startsWith(found));

        assertThat(database.ask(CONTENT)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDocumentLeavesItsDatabaseIfAskedTo(boolean isFinalized) throws Exception {
        make(isFinalized);

        move("", "", "'ds1'", "NULL, true, false, false");

        assertThat(database.ask(CONTENT))
                .containsExactly("Default: s t ds=2 dt=3 ds2 ds3 dt1 dt2 dt3 5j 1k", "Work: ds1- 1j 0k");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDatabaseGoesToAnotherServerIfThereIsOne(boolean isFinalized) throws Exception {
        make(isFinalized);
        move("'t'", "", "", "NULL, false, false, false");

        move(
                "",
                "'ds'",
                "",
                "(SELECT id FROM database_servers WHERE name = 't' AND user_id = open_user_id()), false, false, false");

        assertThat(database.ask(CONTENT))
                .containsExactly("Default: s 0j 1k", "Work: t ds=3 dt=3 ds1 ds2 ds3 dt1 dt2 dt3 6j 0k");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTakenNameGetsANumberIfAskedTo(boolean isFinalized) throws Exception {
        make(isFinalized);
        move("'t'", "", "", "NULL, false, false, false");
        database.run(
                "UPDATE databases AS d SET name = 'dt' FROM users AS u WHERE u.id = d.user_id AND u.name = 'Anna' AND d.name = 'ds'");

        assertThat(move("'s'", "", "", "NULL, false, false, false")).contains("taken database dt dt 2");
        move("'s'", "", "", "NULL, false, true, false");

        assertThat(database.ask(CONTENT).get(1)).startsWith("Work: s t dt=3 dt 2=3 ");
    }

    @Test
    void everythingButKeysGoes() throws Exception {
        make(true);
        inDefaultRealm("UPDATE documents SET database_id = NULL WHERE name = 'ds1' RETURNING name");

        move("(SELECT id FROM realms WHERE name = 'Work')", true, "'s', 't'", "", "", "NULL, false, false, false");

        assertThat(database.ask(CONTENT))
                .containsExactly("Default: 0j 1k", "Work: s t ds=2 dt=3 ds1- ds2 ds3 dt1 dt2 dt3 6j 0k");
    }

    @Test
    void aDocumentWithNoDatabaseIsTornFromNothing() throws Exception {
        make(true);
        inDefaultRealm("UPDATE documents SET database_id = NULL WHERE name = 'ds1' RETURNING name");

        assertThat(move("", "", "'ds1'", "NULL, false, false, false"))
                .containsExactly("moved server 0", "moved database 0", "moved document 1", "moved job 1");

        assertThat(database.ask(CONTENT).get(1)).isEqualTo("Work: ds1- 1j 0k");
    }

    /** The pre-realm application sees everything all the while, and a later migration brings rows back to where they were. */
    @Test
    void rowsThatMovedGoBackAndComeAgain() throws Exception {
        make(false);
        move("'s'", "", "", "NULL, false, false, false");
        List<String> moved = database.ask(CONTENT);

        PlainRollback rollback = new PlainRollback(database.database(), TestKeys.box());
        rollback.run();
        assertThat(database.ask("SELECT count(*) FROM public.documents")).containsExactly("12");
        rollback.startAgain();
        new PlainMigration(database.database()).complete();

        assertThat(database.ask(CONTENT)).isEqualTo(moved);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(SELECT id FROM realms WHERE name = 'Other')",
                "(SELECT id FROM realms WHERE name = 'Closed')",
                "gen_random_uuid()",
                "open_realm_id()"
            })
    void nothingGoesToARealmOfAnotherOrToNone(String realm) throws Exception {
        make(true);

        assertThatThrownBy(() -> move(realm, false, "", "", "'ds1'", "NULL, true, true, false"))
                .hasMessageContaining("the realm does not open: absent");
    }

    private void make(boolean isFinalized) throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        database.run(
                "INSERT INTO realms (name, user_id, is_active) SELECT v.name, u.id, v.name <> 'Closed' FROM users AS u"
                        + " JOIN (VALUES ('Anna', 'Work'), ('Anna', 'Closed'), ('Bert', 'Other')) AS v (owner, name) ON owner = u.name");
        if (isFinalized) {
            StageRun.finalization(database.database()).run(() -> false);
        }
    }

    /** Names of Anna's rows, quoted; what follows them are the server for databases, and whether to detach, to rename and to look only. */
    private List<String> move(String servers, String databases, String documents, String rest) throws SQLException {
        return move("(SELECT id FROM realms WHERE name = 'Work')", false, servers, databases, documents, rest);
    }

    private List<String> move(
            String target, boolean everything, String servers, String databases, String documents, String rest)
            throws SQLException {
        String passwords = "ARRAY(SELECT 'sealed' FROM unnest(%s))".formatted(ids("database_servers", servers));
        return inDefaultRealm("SELECT concat_ws(' ', finding, kind, name, other, number) FROM move_rows("
                + String.join(
                        ", ",
                        target,
                        Boolean.toString(everything),
                        ids("database_servers", servers),
                        passwords,
                        passwords,
                        ids("databases", databases),
                        ids("documents", documents),
                        rest)
                + ")");
    }

    private static String ids(String table, String names) {
        return "ARRAY(SELECT id FROM %s WHERE realm_id = open_realm_id() AND name IN (%s))"
                .formatted(table, names.isEmpty() ? "NULL" : names);
    }

    /** Anna's is open. */
    private List<String> inDefaultRealm(String sql) throws SQLException {
        try (Connection connection = database.database().getConnection()) {
            Sql.execute(
                    connection,
                    "SELECT set_config('app.user_id', u.id::text, false), set_config('app.realm_id', r.id::text, false)"
                            + " FROM users AS u JOIN realms AS r ON r.user_id = u.id AND r.is_default WHERE u.name = 'Anna'");
            return Sql.texts(connection, sql);
        }
    }
}
