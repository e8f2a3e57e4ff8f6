package dev.realms.migration.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.StageRun;
import dev.realms.migration.schema.TestSql;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the rows go that the pre-realm application writes, as long as it may write. */
@DatabaseTest
class PlacementTest {

    private static final String ANNA = "00000000-0000-0000-0000-00000000000a";
    private static final String BERT = "00000000-0000-0000-0000-00000000000b";
    private static final String HOME = "00000000-0000-0000-0000-0000000000f1";
    private static final String SECOND = "00000000-0000-0000-0000-0000000000f2";

    /** In each of Anna's realms a server, a database in it, a document in that and a job on it; the number says which realm. */
    private static final String[] TWO_REALMS = {
        "INSERT INTO users (id, name, email) VALUES ('%s', 'a', 'a@example.com'), ('%s', 'b', 'b@example.com')"
                .formatted(ANNA, BERT),
        "UPDATE realms SET id = '%s' WHERE user_id = '%s'".formatted(HOME, ANNA),
        "INSERT INTO realms (id, name, user_id) VALUES ('%s', 'second', '%s')".formatted(SECOND, ANNA),
        "INSERT INTO database_servers (id, realm_id, name, type, host, port, user_id)"
                + " SELECT id, id, 's', 'QDRANT', 'h', 1, user_id FROM realms WHERE user_id = '" + ANNA + "'",
        "INSERT INTO databases (id, realm_id, name, description, document_count, user_id, server_id)"
                + " SELECT realm_id, realm_id, 'd' || id, '', 1, user_id, id FROM database_servers",
        "INSERT INTO documents (id, realm_id, name, type, user_id, database_id) SELECT realm_id, realm_id, 'o', 't', user_id, id FROM databases",
        "INSERT INTO jobs (id, realm_id, document_name, document_type, document_id, user_id)"
                + " SELECT realm_id, realm_id, 'o', 't', id, user_id FROM documents"
    };

    /** Until when it may write. */
    private enum Until {
        EXPANDED,
        CONTRACTED
    }

    private static final Map<Until, TestSql> DATABASES = new EnumMap<>(Until.class);

    @BeforeAll
    static void build() throws Exception {
        for (Until until : Until.values()) {
            TestSql database = new TestSql(FreshDatabases.expanded());
            if (until == Until.CONTRACTED) {
                StageRun.contract(database.database()).run(() -> false);
            }
            DATABASES.put(until, database);
        }
    }

    private static TestSql at(Until until) throws SQLException {
        TestSql database = DATABASES.get(until);
        database.run("DELETE FROM users");
        database.run(TWO_REALMS);
        return database;
    }

    @ParameterizedTest
    @EnumSource
    void newRowsGoWhereTheRowLiesThatTheyReferTo(Until until) throws Exception {
        TestSql database = at(until);

        database.run(
                "INSERT INTO databases (name, description, user_id, server_id) VALUES ('new', '', '%s', '%s')"
                        .formatted(ANNA, SECOND),
                "INSERT INTO documents (name, type, user_id, database_id) VALUES ('new', 't', '%s', '%s')"
                        .formatted(ANNA, SECOND),
                "INSERT INTO jobs (document_name, document_type, document_id, user_id) VALUES ('new', 't', '%s', '%s')"
                        .formatted(SECOND, ANNA));

        assertThat(database.ask("SELECT realm_id FROM databases WHERE name = 'new' UNION ALL"
                        + " SELECT realm_id FROM documents WHERE name = 'new' UNION ALL"
                        + " SELECT realm_id FROM jobs WHERE document_name = 'new'"))
                .containsExactly(SECOND, SECOND, SECOND);
    }

    /** Each transaction began before the other one ended, and writes for both users. */
    @ParameterizedTest
    @ValueSource(strings = {"READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"})
    void whoWritesForUsersWithoutARealmWaitsForNobody(String level) throws Exception {
        TestSql database = new TestSql(FreshDatabases.expanded(
                "INSERT INTO users (id, name, email) VALUES ('%s', 'a', 'a@example.com'), ('%s', 'b', 'b@example.com')"
                        .formatted(ANNA, BERT)));
        String write = "INSERT INTO realms.documents (name, type, user_id) VALUES ('new', 't', '%s')";
        try (Connection one = database.database().getConnection();
                Connection other = database.database().getConnection()) {
            for (Connection connection : List.of(one, other)) {
                connection.setAutoCommit(false);
                Sql.execute(connection, "SET TRANSACTION ISOLATION LEVEL " + level);
                Sql.execute(connection, "SET LOCAL lock_timeout = '1s'");
            }
            Sql.execute(one, write.formatted(ANNA));
            Sql.execute(other, write.formatted(BERT));
            Sql.execute(one, write.formatted(BERT));
            Sql.execute(other, write.formatted(ANNA));
            new PlainMigration(database.database()).moveRows();
            Sql.execute(one, write.formatted(ANNA));
            one.commit();
            other.commit();
        }

        assertThat(new PlainMigration(database.database()).run().passed()).isTrue();
        assertThat(
                        database.ask(
                                "SELECT count(*) FROM documents JOIN realms AS r ON r.id = realm_id AND r.user_id = documents.user_id AND is_default"))
                .containsExactly("5");
    }

    /** The ids of users may change, and be given out again. */
    @Test
    void aRealmIsNeverThatOfAUserWhoHadTheIdBefore() throws Exception {
        TestSql database = new TestSql(FreshDatabases.expanded());
        String add = "INSERT INTO users (id, name, email) VALUES ('%s', 'n', '%s@example.com')";
        database.run(add.formatted(ANNA, "a"), "UPDATE users SET id = '%s'".formatted(BERT), add.formatted(ANNA, "b"));

        database.run("INSERT INTO documents (name, type, user_id) SELECT 'd', 't', id FROM users");

        assertThat(
                        database.ask(
                                "SELECT count(DISTINCT realm_id) FROM documents JOIN realms AS r ON r.id = realm_id AND r.user_id = documents.user_id"))
                .containsExactly("2");
    }

    @ParameterizedTest
    @EnumSource
    void newRowsThatReferToNothingOfTheirOwnersGoHome(Until until) throws Exception {
        TestSql database = at(until);

        database.run("INSERT INTO documents (name, type, user_id) VALUES ('new', 't', '%s')".formatted(ANNA));

        assertThat(database.ask("SELECT realm_id FROM documents WHERE name = 'new'"))
                .containsExactly(HOME);
    }

    @Test
    void newRowsDoNotGoIntoTheRealmOfAnotherUser() throws Exception {
        TestSql database = at(Until.EXPANDED);

        database.run("INSERT INTO documents (name, type, user_id, database_id) VALUES ('new', 't', '%s', '%s')"
                .formatted(BERT, SECOND));

        assertThat(
                        database.ask(
                                "SELECT r.user_id FROM documents JOIN realms r ON r.id = realm_id WHERE documents.name = 'new'"))
                .containsExactly(BERT);
    }

    @ParameterizedTest
    @EnumSource
    void aRowFollowsWhatItRefersToAndIsFollowed(Until until) throws Exception {
        TestSql database = at(until);

        database.run("UPDATE databases SET server_id = '%s' WHERE id = '%s'".formatted(SECOND, HOME));

        assertThat(realms(database)).containsExactly("databases " + SECOND, "documents " + SECOND, "jobs " + SECOND);
    }

    @ParameterizedTest
    @EnumSource
    void aDocumentTakesItsJobsAlong(Until until) throws Exception {
        TestSql database = at(until);

        database.run("UPDATE documents SET database_id = '%s' WHERE id = '%s'".formatted(SECOND, HOME));

        assertThat(realms(database)).containsExactly("databases " + HOME, "documents " + SECOND, "jobs " + SECOND);
    }

    @ParameterizedTest
    @EnumSource
    void aJobFollowsItsDocument(Until until) throws Exception {
        TestSql database = at(until);

        database.run("UPDATE jobs SET document_id = '%s' WHERE id = '%s'".formatted(SECOND, HOME));

        assertThat(realms(database)).containsExactly("databases " + HOME, "documents " + HOME, "jobs " + SECOND);
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatRefersToNothingAnyMoreStays(Until until) throws Exception {
        TestSql database = at(until);

        database.run("UPDATE documents SET database_id = NULL WHERE id = '%s'".formatted(SECOND));

        assertThat(database.ask("SELECT realm_id FROM documents WHERE id = '%s'".formatted(SECOND)))
                .containsExactly(SECOND);
    }

    /** The application that knows realms has one open. A bug of it must not carry rows from one to another. */
    @Test
    void nothingIsMovedOutOfAnOpenRealm() throws Exception {
        TestSql database = at(Until.CONTRACTED);

        assertThatThrownBy(() -> database.run("BEGIN; SET LOCAL app.realm_id = '%s';".formatted(HOME)
                        + "UPDATE documents SET database_id = '%s' WHERE id = '%s'".formatted(SECOND, HOME)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("documents_realm_id_database_id_fkey");
    }

    @Test
    void theSweepMovesWhatCameBehindTheTriggers() throws Exception {
        TestSql database = at(Until.EXPANDED);
        database.run(
                "ALTER TABLE databases DISABLE TRIGGER USER",
                "UPDATE databases SET server_id = '%s' WHERE id = '%s'".formatted(SECOND, HOME),
                "ALTER TABLE databases ENABLE TRIGGER USER");
        List<String> rows = everythingElse(database);

        try (Connection connection = database.database().getConnection()) {
            for (Placement placement : Placement.ALL) {
                assertThat(placement.sweep(connection, () -> true)).isTrue();
            }
        }

        assertThat(realms(database)).containsExactly("databases " + SECOND, "documents " + SECOND, "jobs " + SECOND);
        assertThat(everythingElse(database)).isEqualTo(rows);
    }

    @Test
    void theSweepHidesNoRowInAnothersRealm() throws Exception {
        TestSql database = at(Until.EXPANDED);
        database.run("UPDATE jobs SET realm_id = (SELECT id FROM realms WHERE user_id = '%s') WHERE id = '%s'"
                .formatted(BERT, HOME));
        List<String> before = realms(database);

        try (Connection connection = database.database().getConnection()) {
            assertThat(Placement.ALL.get(2).sweep(connection, () -> true)).isTrue();
        }

        assertThat(realms(database)).isEqualTo(before);
    }

    @Test
    void theSweepEndsWhenItIsToldTo() throws Exception {
        TestSql database = at(Until.EXPANDED);
        database.run("UPDATE jobs SET realm_id = '%s' WHERE id = '%s'".formatted(SECOND, HOME));

        try (Connection connection = database.database().getConnection()) {
            assertThat(Placement.ALL.get(2).sweep(connection, () -> false)).isFalse();
        }

        assertThat(realms(database)).containsExactly("databases " + HOME, "documents " + HOME, "jobs " + SECOND);
    }

    /** What is sealed is sealed for the realm. */
    @ParameterizedTest
    @EnumSource
    void aServerGoesToAnotherUserWithCredentialsThatCanBeReadThere(Until until) throws Exception {
        TestSql database = at(until);
        database.run("DELETE FROM databases");
        String give = "UPDATE database_servers SET user_id = '" + BERT + "'%s WHERE id = '" + SECOND + "'";

        for (String field : List.of("password", "api_key")) {
            database.run("UPDATE database_servers SET " + field + " = 'realms:v1:0123abcd:sealed'");
            assertThatThrownBy(() -> database.run(give.formatted("")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("the credentials of the server are sealed for its user");
            database.run("UPDATE database_servers SET name = 'renamed', user_id = user_id, " + field + " = 'plain'");
        }
        database.run("UPDATE database_servers SET password = 'realms:v1:0123abcd:sealed'");
        database.run(give.formatted(", password = 'new'"));

        assertThat(database.ask("SELECT password || api_key FROM database_servers WHERE user_id = '" + BERT + "'"))
                .containsExactly("newplain");
    }

    /** Where the rows are that were made in Anna's default realm. */
    private static List<String> realms(TestSql database) throws SQLException {
        return database.ask(("SELECT 'databases ' || realm_id FROM databases WHERE id = '%1$s' UNION ALL"
                        + " SELECT 'documents ' || realm_id FROM documents WHERE id = '%1$s' UNION ALL"
                        + " SELECT 'jobs ' || realm_id FROM jobs WHERE id = '%1$s'")
                .formatted(HOME));
    }

    private static List<String> everythingElse(TestSql database) throws SQLException {
        return database.ask("SELECT (to_jsonb(t) - 'realm_id')::text FROM databases t UNION ALL"
                + " SELECT (to_jsonb(t) - 'realm_id')::text FROM documents t UNION ALL"
                + " SELECT (to_jsonb(t) - 'realm_id')::text FROM jobs t ORDER BY 1");
    }
}
