package dev.realms.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample users, in a real database. */
class SampleDataTest {

    private static final int USERS = 300;

    private static final String ALL_ROWS = """
            SELECT md5(string_agg(row, '|' ORDER BY row)) FROM (
              SELECT u::text FROM users AS u UNION ALL SELECT s::text FROM user_settings AS s UNION ALL SELECT v::text FROM database_servers AS v
              UNION ALL SELECT b::text FROM databases AS b UNION ALL SELECT d::text FROM documents AS d UNION ALL SELECT j::text FROM jobs AS j
              UNION ALL SELECT k::text FROM api_keys AS k) AS all_rows (row)
            """;

    @TempDir
    static Path directory;

    private static EmbeddedDatabase postgres;
    private static Connection connection;
    private static long rows;

    @BeforeAll
    static void load() throws IOException, SQLException {
        postgres = EmbeddedDatabase.start(directory.resolve("data"), Path.of("target", "postgresql"), 0, false);
        connection = postgres.superuser().getConnection();
        rows = SampleData.load(connection, USERS);
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        connection.close();
        postgres.close();
    }

    @Test
    void isTheSameEveryTime() throws SQLException {
        String first = ask(ALL_ROWS);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "DROP TABLE users, user_settings, database_servers, databases, documents, jobs, api_keys");
        }

        assertThat(SampleData.load(connection, USERS)).isEqualTo(rows);
        assertThat(ask(ALL_ROWS)).isEqualTo(first);
        assertThat(ask("SELECT to_regnamespace('sample')")).isNull();
    }

    @Test
    void refersOnlyToRowsOfTheSameUser() throws SQLException {
        assertThat(ask("SELECT count(*) FROM databases AS d JOIN database_servers AS s ON s.id = d.server_id"
                        + " WHERE s.user_id <> d.user_id"))
                .isEqualTo("0");
        assertThat(ask("SELECT count(*) FROM documents AS d JOIN databases AS b ON b.id = d.database_id"
                        + " WHERE b.user_id <> d.user_id"))
                .isEqualTo("0");
        assertThat(ask("SELECT count(*) FROM jobs AS j JOIN documents AS d ON d.id = j.document_id"
                        + " WHERE d.user_id <> j.user_id"))
                .isEqualTo("0");
    }

    @Test
    void countsTheDocumentsOfADatabase() throws SQLException {
        assertThat(ask("SELECT count(*) FROM databases AS b WHERE document_count <>"
                        + " (SELECT count(*) FROM documents AS d WHERE d.database_id = b.id)"))
                .isEqualTo("0");
        assertThat(ask("SELECT count(*) > 100 FROM documents WHERE database_id IS NULL"))
                .isEqualTo("t");
    }

    @Test
    void bringsJobsToAnEndThatFitsTheirStatus() throws SQLException {
        assertThat(ask(
                        "SELECT count(*) FROM jobs WHERE (status IN ('FINISHED', 'FAILED', 'CANCELLED')) <> (end_date IS NOT NULL)"
                                + " OR (status = 'FINISHED') <> (percentage = 100) OR end_date < start_date"))
                .isEqualTo("0");
        assertThat(ask("SELECT count(DISTINCT status) FROM jobs")).isEqualTo("6");
        assertThat(ask("SELECT count(DISTINCT state) FROM documents")).isEqualTo("5");
    }

    @Test
    void givesTheFirstUserAboutASixthOfAllDocuments() throws SQLException {
        assertThat(Double.parseDouble(ask("SELECT avg((email = 'admin@realms.local')::int) FROM documents JOIN users"
                        + " ON users.id = documents.user_id")))
                .isBetween(0.12, 0.22);
    }

    @Test
    void namesDatabasesAndPeopleApart() throws SQLException {
        assertThat(ask("SELECT count(DISTINCT lower(email)) FROM users")).isEqualTo(Integer.toString(USERS));
        assertThat(ask("SELECT count(*) FROM users WHERE role = 'ADMIN'")).isEqualTo("1");
        assertThat(ask("SELECT count(*) FROM (SELECT FROM databases GROUP BY user_id, lower(name) HAVING count(*) > 1)"
                        + " AS twice"))
                .isEqualTo("0");
        assertThat(ask("SELECT count(DISTINCT language) FROM user_settings")).isEqualTo("16");
    }

    private static String ask(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
