package dev.realms.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.apikey.ApiKeyFormat;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What anybody who may connect could do with the functions that we bring along, and what their own objects could make of them. */
@DatabaseTest
class FunctionsTest {

    private static final String FUNCTIONS = """
            SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')""";

    /** Its body can be put in the place of its call, and names where what it calls is. */
    private static final String ONE_CALL =
            "^\\s*SELECT (pg_catalog\\.hash_record_extended\\(ROW\\([a-z_., ]+\\), 0\\)|u\\.id, u\\.email, u\\.role::text, u\\.created_at FROM realms\\.users AS u)\\s*$";

    @Test
    void nothingOfOursIsExecutableByEverybody() throws SQLException {
        // Evaluated in an index as whoever writes a key; it looks at its argument alone.
        assertThat(ours(" AND has_function_privilege('public', p.oid, 'EXECUTE')"))
                .containsExactly("api_key_hash(text)");
    }

    @Test
    void whatOursNameIsLookedUpInOneFixedPath() throws SQLException {
        assertThat(ours(
                        " AND p.prosqlbody IS NULL AND NOT coalesce(array_to_string(p.proconfig, ' ') LIKE '%search_path=%', false)"
                                + " AND p.prosrc !~ '" + ONE_CALL + "'"))
                .isEmpty();
    }

    @Test
    void aKeyIsFoundByItsHashWhateverRandomIsBehindIt() throws SQLException {
        TestSql database = new TestSql(FreshDatabases.expanded());
        String hash = ApiKeyFormat.hash("sk");

        assertThat(database.ask("SELECT api_key_hash(key) FROM (VALUES ('sk'), ('%s'), ('%s')) AS stored (key)"
                        .formatted(ApiKeyFormat.kept("sk"), ApiKeyFormat.kept("sk"))))
                .containsExactly(hash, hash, hash);
        assertThat(database.ask("SELECT api_key_hash('" + hash + "')")).containsExactly(ApiKeyFormat.hash(hash));
    }

    private static List<String> ours(String condition) throws SQLException {
        TestSql database = new TestSql(FreshDatabases.migrated());
        List<String> before = new TestSql(FreshDatabases.preRealm()).ask(FUNCTIONS);
        assertThat(database.ask(FUNCTIONS)).hasSizeGreaterThan(before.size() + 20);
        return database.ask(FUNCTIONS + condition + " ORDER BY 1").stream()
                .filter(function -> !before.contains(function))
                .toList();
    }
}
