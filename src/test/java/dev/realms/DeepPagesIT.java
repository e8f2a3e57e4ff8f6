package dev.realms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What a page costs, by the rows that PostgreSQL reads for it. Most realms hold about as many rows as a page, so that PostgreSQL, which
 * plans for an average realm, could as well read a whole realm and sort it: in a large one a hundred times as much.
 */
@OnDatabase(value = DatabaseState.FINALIZED, own = true)
class DeepPagesIT {

    private static final int OTHER_REALMS = 200;
    private static final int ROWS_OF_OTHER = 60;
    private static final int ROWS = 10_000;

    private final URI base = TestServer.base();

    @Test
    void readNoMoreRowsThanTheyShow() {
        TestUser user = TestUser.signIn(base);
        makeALargeRealmAmongSmallOnes(user.realmId());

        assertThat(readForAllPages(user, "documents", "")).isBetween(ROWS, 2 * ROWS);
        assertThat(readForAllPages(user, "documents", "state=PENDING&")).isBetween(ROWS, 2 * ROWS);
        assertThat(readForAllPages(user, "jobs", "")).isBetween(ROWS, 2 * ROWS);
        assertThat(readForAllPages(user, "documents", "sort=name&")).isBetween(ROWS, 2 * ROWS);
    }

    /** All that a search asks for is in the index, whatever it finds. */
    @Test
    void searchReadsNoRowsButThoseItShows() {
        TestUser user = TestUser.signIn(base);
        makeALargeRealmAmongSmallOnes(user.realmId());

        for (String query : List.of(
                "name=b", "name=b&sort=name", "namePrefix=b", "namePrefix=b&sort=name", "name=a", "namePrefix=a")) {
            int before = rowsRead("documents");
            assertThat(user.api()
                            .get(user.path("/documents?limit=50&" + query))
                            .json()
                            .getJsonArray("items"))
                    .hasSize(query.contains("=a") ? 50 : 0);
            assertThat(rowsRead("documents") - before).as(query).isLessThanOrEqualTo(3 * 50);
        }
    }

    private static void makeALargeRealmAmongSmallOnes(String realm) {
        TestDatabase.asOwner("""
                INSERT INTO users (id, name, email, role)
                SELECT md5('other' || n)::uuid, 'Other', 'other' || n || '@example.com', 'USER' FROM generate_series(1, %1$d) AS n ON CONFLICT DO NOTHING;
                INSERT INTO realms (name, user_id, is_default) SELECT 'Default', id, true FROM users WHERE name = 'Other' ON CONFLICT DO NOTHING;
                INSERT INTO documents (name, type, created_at, realm_id, user_id)
                SELECT 'a', 't', timestamptz '2024-01-01 00:00Z' + n * interval '1 minute', r.id, r.user_id
                FROM realms AS r CROSS JOIN LATERAL generate_series(1, CASE r.id WHEN '%2$s' THEN %3$d ELSE %4$d END) AS n
                ORDER BY md5(r.id::text || n);
                INSERT INTO jobs (document_name, document_type, created_at, document_id, realm_id, user_id)
                SELECT name, type, created_at, id, realm_id, user_id FROM documents
                """.formatted(OTHER_REALMS, realm, ROWS, ROWS_OF_OTHER));
        // Whoever is in a transaction could still need what the vacuum is to note as seen by all.
        for (int tries = 0; tries == 0 || tries < 100 && !isAllSeenByAll(); tries++) {
            TestDatabase.disconnectEverybody();
            TestDatabase.asOwner("VACUUM (ANALYZE) documents, jobs");
        }
        assertThat(isAllSeenByAll()).isTrue();
        // As after enough requests for realms of all sizes.
        TestDatabase.asSuperuser("ALTER ROLE %s IN DATABASE realms SET plan_cache_mode = force_generic_plan"
                .formatted(System.getenv("REALMS_DB_APP_USER")));
    }

    private static boolean isAllSeenByAll() {
        return TestDatabase.query("SELECT bool_and(relallvisible = relpages) FROM pg_class"
                        + " WHERE relnamespace = 'realms'::regnamespace AND relname IN ('documents', 'jobs')")
                .equals("t");
    }

    private static int readForAllPages(TestUser user, String collection, String filter) {
        int before = rowsRead(collection);
        String first = user.path("/" + collection + "?" + filter + "limit=50");
        int shown = 0;
        for (Optional<String> page = Optional.of(first); page.isPresent(); ) {
            JsonObject answer = user.api().get(page.get()).json();
            shown += answer.getJsonArray("items").size();
            page = Optional.of(answer)
                    .filter(it -> !it.isNull("nextCursor"))
                    .map(it -> first + "&cursor=" + it.getString("nextCursor"));
        }
        assertThat(shown).isEqualTo(ROWS);
        return rowsRead(collection) - before;
    }

    /** Since PostgreSQL's beginning; a connection tells all that it did when it ends. */
    private static int rowsRead(String table) {
        TestDatabase.disconnectEverybody();
        return Integer.parseInt(TestDatabase.query(
                "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables WHERE relname = '" + table + "'"));
    }
}
