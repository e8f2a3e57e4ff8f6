package dev.realms.bench.names;

import dev.realms.bench.Load;
import dev.realms.bench.Medians;
import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What finding documents by name takes in a realm of 100,000, beside the same in one of 100, in turns, among a thousand of 50. */
@OnDatabase(value = DatabaseState.FINALIZED, own = true)
class NamesBench {

    private static final int LARGE = 100_000;
    private static final int SMALL = 100;
    private static final int OTHERS = 1_000;
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(1);

    private static final List<String> QUERIES = List.of(
            "",
            "sort=name",
            "sort=name&namePrefix=report%207",
            "sort=name&namePrefix=nothing",
            "sort=name&name=final",
            "sort=name&name=nothing",
            "namePrefix=report%207",
            "namePrefix=nothing",
            "name=final",
            "name=nothing");

    private final URI base = TestServer.base();

    @Test
    void besideASmallRealm() throws Exception {
        Map<Integer, Reader> readers = new TreeMap<>();
        for (int size : List.of(SMALL, LARGE)) {
            readers.put(size, Reader.of(base, size));
        }
        makeOthers();
        TestDatabase.disconnectEverybody();
        TestDatabase.asOwner("VACUUM (ANALYZE)");

        say("Medians of %d rounds, in ms", ROUNDS);
        for (String query : QUERIES) {
            Map<Integer, List<Load.Measured>> rounds = new HashMap<>();
            for (int round = -1; round < ROUNDS; round++) {
                for (int size : readers.keySet()) {
                    Load.Measured measured =
                            Load.run(1, ROUND, n -> () -> readers.get(size).list(query));
                    if (round >= 0) {
                        rounds.computeIfAbsent(size, s -> new ArrayList<>()).add(measured);
                    }
                }
            }
            double large = Medians.of(rounds.get(LARGE), Load.Measured::median);
            double small = Medians.of(rounds.get(SMALL), Load.Measured::median);
            say("%-36s %,7d: %8.2f   %d: %6.2f   ratio %6.2f", query, LARGE, large, SMALL, small, large / small);
        }
    }

    private static void makeOthers() {
        TestDatabase.asOwner("""
                INSERT INTO users (id, name, email, role)
                SELECT md5('other' || n)::uuid, 'Other', 'other' || n || '@example.com', 'USER' FROM generate_series(1, %d) AS n;
                INSERT INTO realms (name, user_id, is_default) SELECT 'Default', id, true FROM users WHERE name = 'Other';
                """.formatted(OTHERS));
        makeDocuments("r.name = 'Default' AND r.user_id IN (SELECT id FROM users WHERE name = 'Other')", 50);
    }

    private static void makeDocuments(String realms, int number) {
        TestDatabase.asOwner("""
                INSERT INTO documents (name, type, created_at, realm_id, user_id)
                SELECT 'Report ' || left(md5(n::text), 12) || ', final.pdf', 't',
                       timestamptz '2024-01-01 00:00Z' + n * interval '1 minute', r.id, r.user_id
                FROM realms AS r CROSS JOIN generate_series(1, %d) AS n WHERE %s ORDER BY md5(r.id::text || n)
                """.formatted(number, realms));
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private record Reader(Api api, String path) {

        static Reader of(URI base, int documents) {
            TestUser user = TestUser.signIn(base);
            makeDocuments("r.id = '" + user.realmId() + "'", documents);
            String key = user.api()
                    .post(user.path("/api-keys"), "{\"name\": \"bench\"}")
                    .json()
                    .getString("key");
            return new Reader(Api.at(base).as(key), user.path("/documents"));
        }

        void list(String query) {
            Api.Answer answer = api.get(path + "?" + query);
            if (answer.status() != 200) {
                throw new IllegalStateException(answer.toString());
            }
        }
    }
}
