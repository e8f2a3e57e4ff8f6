package dev.realms.realm.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.realm.isolation.Visitor.Place;
import dev.realms.testing.Api;
import dev.realms.testing.AtOnce;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.Effort;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.Seed;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import dev.realms.testing.Tokens;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Very few connections, handed from realm to realm whatever happened on them: nothing of one realm is left for the next. */
@OnDatabase(DatabaseState.FINALIZED)
class PoolIT {

    private static final int POOL = 16;
    private static final int LEFT = 2;
    private static final int VISITORS = 64;
    private static final int REQUESTS = 4_000 * Effort.TIMES;

    private final URI base = TestServer.base();

    @Test
    void twoConnectionsServeEightRealmsAndMixUpNothing() {
        long seed = Seed.of(PoolIT.class).value();
        List<Place> places = places();
        Api admin = Api.at(base).as(Tokens.of("admin-of-the-pool@example.com", "ADMIN"));
        assertThat(admin.post("/api/admin/trial/hold?connections=" + (POOL - LEFT))
                        .body())
                .isEqualTo(Integer.toString(POOL - LEFT));
        AtomicInteger left = new AtomicInteger(REQUESTS);
        try {
            visit(admin, places, seed, left);
        } finally {
            // What others share must not go without them.
            admin.post("/api/admin/trial/release");
        }
        assertThatThePoolIsWhole(admin);
    }

    private void visit(Api admin, List<Place> places, long seed, AtomicInteger left) {
        long start = System.nanoTime();
        List<Visitor> visitors = AtOnce.all(VISITORS, i -> {
            Visitor visitor = new Visitor(base, admin, places, seed + i);
            while (left.getAndDecrement() > 0) {
                visitor.visit();
            }
            return visitor;
        });
        System.out.printf("%,d requests in %d ms%n", REQUESTS, (System.nanoTime() - start) / 1_000_000);

        Map<String, Integer> answers = new TreeMap<>();
        List<String> faults = new ArrayList<>();
        visitors.forEach(visitor -> {
            visitor.answers().forEach((answer, times) -> answers.merge(answer, times, Integer::sum));
            faults.addAll(visitor.faults());
        });
        System.out.println(answers);
        assertThat(faults).as("-Drealms.seed=%s", seed).isEmpty();
    }

    private static void assertThatThePoolIsWhole(Api admin) {
        assertThat(admin.post("/api/admin/trial/hold?connections=" + (POOL - 1)).body())
                .isEqualTo(Integer.toString(POOL - 1));
        assertThat(admin.get("/api/admin/trial/left-over").body()).isEqualTo("[]");
        admin.post("/api/admin/trial/release");
        assertThat(TestDatabase.query(
                        "SELECT count(*) FROM pg_locks WHERE locktype = 'relation' AND pid <> pg_backend_pid()"
                                + " AND relation >= 16384"))
                .as("transactions that nobody ended")
                .isEqualTo("0");
    }

    /** Two realms each of four users; of one user, too, one realm must not be seen in the other. Programs come with their keys. */
    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            TestUser user = TestUser.signIn(base);
            places.add(place(user.api(), user.realmId()));
            places.add(place(user.api(), user.makeRealm("Other")));
        }
        return places;
    }

    private Place place(Api api, String realmId) {
        String realm = "/api/realms/" + realmId;
        List<String> documents = IntStream.range(0, 5)
                .mapToObj(
                        i -> api.post(realm + "/documents", "{\"name\": \"of %s\", \"type\": \"t\"}".formatted(realmId))
                                .json()
                                .getString("id"))
                .toList();
        String key = api.post(realm + "/api-keys", "{\"name\": \"k\"}").json().getString("key");
        return new Place(realmId, key, Api.at(base).as(key), documents);
    }
}
