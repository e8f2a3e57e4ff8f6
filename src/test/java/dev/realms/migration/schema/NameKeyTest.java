package dev.realms.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.control.PlainMigration;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keys by which rows are found, of rows from before realms and of those that are written meanwhile. */
@DatabaseTest
class NameKeyTest {

    private static final Map<String, String> NAMES = Map.of(
            "database_servers",
            "name",
            "databases",
            "name",
            "documents",
            "name",
            "jobs",
            "document_name",
            "api_keys",
            "name");

    /** More than fits an entry of an index, and nothing to be compressed. */
    private static final String LONG =
            "(SELECT string_agg(chr(131072 + (n * 7919) % 40000), '') FROM generate_series(1, 3000) AS n)";

    private static final String[] ROWS = {
        "INSERT INTO users (name, email) VALUES ('Anna', 'anna@example.com'), ('Bert', 'bert@example.com')",
        "INSERT INTO database_servers (id, name, type, host, port, user_id) SELECT id, 'NORTH', 'QDRANT', 'h', 1, id FROM users",
        "INSERT INTO databases (id, name, description, user_id, server_id) SELECT id, 'GROẞE', '', id, id FROM users",
        "INSERT INTO documents (id, name, type, user_id) SELECT id, 'ΟΔΟΣ', 't', id FROM users",
        "INSERT INTO documents (name, type, user_id) SELECT " + LONG + ", 't', id FROM users",
        "INSERT INTO jobs (document_name, document_type, document_id, user_id) SELECT U&'u\\0308ber', 't', id, id FROM users",
        "INSERT INTO api_keys (name, key, user_id) SELECT 'ＷＩＤＥ', 'sk-' || id, id FROM users"
    };

    private TestSql database;

    @BeforeEach
    void migrate() throws SQLException {
        database = new TestSql(FreshDatabases.expanded(ROWS));
        assertThat(new PlainMigration(database.database()).run().passed()).isTrue();
    }

    @Test
    void everyRowFromBeforeRealmsHasItsKey() throws SQLException {
        assertEveryKeyIsThatOfItsName();
        assertThat(keys("database_servers")).containsExactly("north");
        assertThat(keys("databases")).containsExactly("grosse");
        assertThat(keys("documents")).hasSize(2).contains("οδοσ");
        assertThat(keys("jobs")).containsExactly("über");
        assertThat(keys("api_keys")).containsExactly("wide");
    }

    @Test
    void theKeyFollowsTheName() throws SQLException {
        database.run(
                "UPDATE public.databases SET name = 'Of Before ' || id",
                "UPDATE public.documents SET name = 'NEW'",
                "INSERT INTO public.documents (name, type, [user_id]) SELECT 'Ünseen', 't', id FROM public.users",
                "UPDATE realms.jobs SET name_key = 'made up'",
                "UPDATE realms.api_keys SET name_key = NULL");

        assertEveryKeyIsThatOfItsName();
        assertThat(keys("documents")).containsExactlyInAnyOrder("new", "ünseen");
    }

    /** The column of the name is another one then. */
    @Test
    void theKeyFollowsTheNameWhenAllIsDone() throws SQLException {
        StageRun.finalization(database.database()).run(() -> false);
        database.run("UPDATE realms.databases SET name = 'ANOTHER'", "UPDATE realms.jobs SET document_name = 'OTHER'");

        assertEveryKeyIsThatOfItsName();
        assertThat(keys("databases")).containsExactly("another");
    }

    /** In ASCII it is made another way. */
    @Test
    void aKeyIsTheSameWhicheverWayItIsMade() throws SQLException {
        assertThat(database.ask("SELECT n FROM generate_series(1, 127) AS n WHERE name_key(chr(n) || 'x') || 'é'"
                        + " <> name_key(chr(n) || 'xé')"))
                .isEmpty();
        assertThat(database.ask("SELECT name_key(repeat('A', 600)) = repeat('a', 500)"))
                .containsExactly("t");
    }

    private void assertEveryKeyIsThatOfItsName() throws SQLException {
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            assertThat(database.ask("SELECT id FROM realms.%s WHERE name_key IS DISTINCT FROM name_key(%s)"
                            .formatted(name.getKey(), name.getValue())))
                    .as(name.getKey())
                    .isEmpty();
        }
    }

    private List<String> keys(String table) throws SQLException {
        return database.ask("SELECT DISTINCT name_key FROM realms." + table);
    }
}
