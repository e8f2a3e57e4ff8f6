package dev.realms.web.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.AtOnce;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.Seed;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import dev.realms.testing.Tokens;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many callers at the same thing at the same moment: the rules hold, and nobody is told that the server failed. */
@OnDatabase(DatabaseState.FINALIZED)
class RacesIT {

    private static final String DOCUMENT = "{\"name\": \"n\", \"type\": \"t\"}";
    private static final String SERVER = "{\"name\": \"s\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1}";
    private static final int CROWD = 50;

    private final URI base = TestServer.base();

    private TestUser user;

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
    }

    @Test
    void whateverIsAddedMovedAndDeletedAtOnceIsCountedRight() {
        long seed = Seed.of(RacesIT.class).value();
        Library library = new Library(user);

        AtOnce.all(16, reader -> {
            Random random = new Random(seed + reader);
            IntStream.range(0, 60).forEach(i -> library.act(random));
            return null;
        });

        System.out.println(library.statuses());
        assertThat(library.statuses().keySet())
                .as("-Drealms.seed=%s", seed)
                .allMatch(answer -> answer.matches(".* (20[014]|40[04])"))
                .contains("DELETE documents 204", "PATCH documents 200", "DELETE databases 204", "DELETE servers 204");
        assertThat(TestDatabase.query("""
                SELECT string_agg(b.id::text, ', ') FROM databases b
                WHERE b.user_id = '%s' AND b.document_count <> (SELECT count(*) FROM documents d WHERE d.database_id = b.id)""".formatted(user.id())))
                .as("wrong counts, -Drealms.seed=%s", seed)
                .isNull();
        assertThat(TestDatabase.query("""
                SELECT (SELECT count(*) FROM databases b LEFT JOIN database_servers s ON s.id = b.server_id WHERE s.id IS NULL)
                  + (SELECT count(*) FROM documents d LEFT JOIN databases b ON b.id = d.database_id
                     WHERE b.id IS NULL AND d.database_id IS NOT NULL)
                  + (SELECT count(*) FROM jobs j LEFT JOIN documents d ON d.id = j.document_id WHERE d.id IS NULL)"""))
                .as("dangling references, -Drealms.seed=%s", seed)
                .isEqualTo("0");
    }

    @Test
    void oneOfManyGetsARealmsName() {
        List<String> spellings = spellings("Größe Å ﬁ Ａ１ é");

        var answers = AtOnce.all(
                CROWD,
                i -> user.api()
                        .post("/api/realms", "{\"name\": \"%s\"}".formatted(spellings.get(i % spellings.size()))));

        assertThat(spellings).hasSizeGreaterThan(5);
        assertOneTook(answers, "realm-name-taken");
    }

    @Test
    void oneOfManyGetsADatabasesName() {
        String body = "{\"name\": \"papers\", \"serverId\": \"%s\"}".formatted(user.make("servers", SERVER));

        assertOneTook(AtOnce.all(CROWD, i -> user.api().post(user.path("/databases"), body)), "name-taken");
    }

    @Test
    void twoThatSwapNamesGetAnAnswer() {
        String server = user.make("servers", SERVER);
        for (int round = 0; round < 5; round++) {
            List<String> paths = new ArrayList<>();
            List<String> names = List.of("left " + round, "right " + round);
            names.forEach(name -> paths.add("/api/realms/" + user.makeRealm(name)));
            names.forEach(name -> paths.add(user.path("/databases/")
                    + user.make("databases", "{\"name\": \"%s\", \"serverId\": \"%s\"}".formatted(name, server))));

            List<Integer> statuses = AtOnce.all(
                    4,
                    i -> user.api()
                            .patch(paths.get(i), "{\"name\": \"%s\"}".formatted(names.get(1 - i % 2)))
                            .status());

            assertThat(statuses).containsOnly(409);
        }
    }

    @Test
    void thereIsOneDefaultAtEveryMoment() throws Exception {
        List<String> realms = IntStream.range(0, 5)
                .mapToObj(i -> user.makeRealm("Realm " + i))
                .toList();
        String defaults =
                "SELECT count(*) FROM realms WHERE is_default AND is_active AND user_id = '" + user.id() + "'";
        AtomicBoolean over = new AtomicBoolean();
        Set<String> seen = new TreeSet<>();
        Thread reader = new Thread(() -> {
            while (!over.get()) {
                seen.add(TestDatabase.query(defaults));
            }
        });
        reader.start();

        List<Integer> statuses = AtOnce.all(
                CROWD,
                i -> user.api()
                        .put("/api/realms/" + realms.get(i % realms.size()) + "/default", null)
                        .status());

        over.set(true);
        reader.join();
        assertThat(statuses).containsOnly(200);
        assertThat(seen).containsExactly("1");
        assertThat(TestDatabase.query(defaults)).isEqualTo("1");
    }

    @Test
    void aRealmIsDeletedOrTakesARowAndNeverBoth() {
        Map<String, Integer> outcomes = new TreeMap<>();
        List<String> collections = List.of("documents", "servers", "api-keys");
        for (int round = 0; round < 200; round++) {
            String realm = "/api/realms/" + user.makeRealm("Round " + round);
            String rows = realm + "/" + collections.get(round % 3);
            int lead = round % 5 - 2;

            List<Callable<Integer>> race = List.of(
                    () -> {
                        Thread.sleep(Math.max(0, lead));
                        return user.api().post(rows, round(rows)).status();
                    },
                    () -> {
                        Thread.sleep(Math.max(0, -lead));
                        return user.api().delete(realm).status();
                    });
            outcomes.merge(AtOnce.all(race).toString(), 1, Integer::sum);
        }

        System.out.println("Row and realm: " + outcomes);
        assertThat(outcomes.keySet()).isSubsetOf("[201, 409]", "[404, 204]").hasSize(2);
        for (String table : List.of("documents", "database_servers", "api_keys")) {
            assertThat(TestDatabase.query("SELECT count(*) FROM " + table
                            + " t JOIN realms r ON r.id = t.realm_id WHERE NOT r.is_active"))
                    .as(table)
                    .isEqualTo("0");
        }
    }

    @Test
    void aNameIsRestoredOrGivenToAnotherAndNeverBoth() {
        for (int round = 0; round < 30; round++) {
            String name = "Papers " + round;
            String gone = "/api/realms/" + user.makeRealm(name);
            user.api().delete(gone);

            List<Callable<Integer>> race = List.of(
                    () -> user.api().post(gone + "/restore").status(),
                    () -> user.api()
                            .post("/api/realms", "{\"name\": \"%s\"}".formatted(name.toUpperCase()))
                            .status());

            assertThat(AtOnce.all(race)).isIn(List.of(200, 409), List.of(409, 201));
        }
    }

    @Test
    void thereIsACurrentRealmEvenWhileItIsDeleted() {
        for (int round = 0; round < 40; round++) {
            String realm = user.makeRealm("Round " + round);
            String switchTo = "{\"realmId\": \"%s\"}".formatted(realm);

            List<Callable<Api.Answer>> race = List.of(
                    () -> user.api().post("/api/realms/switch", switchTo),
                    () -> user.api().delete("/api/realms/" + realm),
                    () -> user.api().get("/api/realms/current"));
            List<Api.Answer> answers = AtOnce.all(race);

            assertThat(answers.get(0).status()).isIn(200, 404);
            assertThat(answers.get(1).status()).isEqualTo(204);
            assertThat(answers.get(2).json().getString("id")).isIn(realm, user.realmId());
            assertThat(user.api().get("/api/realms/current").json().getString("id"))
                    .isEqualTo(user.realmId());
        }
    }

    @Test
    void aKeyOfARequestStandsForOneOfTwoBodies() {
        Api api = user.api().with("Idempotency-Key", UUID.randomUUID().toString());

        var answers = AtOnce.all(
                CROWD,
                i -> api.post(
                        user.path("/documents"),
                        "{\"name\": \"%s\", \"type\": \"t\"}".formatted(i % 2 == 0 ? "a" : "b")));

        assertThat(answers).extracting(Api.Answer::status).containsOnly(201, 422);
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 201)
                        .map(Api.Answer::body)
                        .distinct())
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(CROWD / 2);
        assertThat(TestDatabase.query("SELECT count(*) FROM documents WHERE user_id = '" + user.id() + "'"))
                .isEqualTo("1");
    }

    @Test
    void usersWhoAreDeletedWhileTheyWriteLeaveNothing() {
        Api admin = Api.at(base).as(Tokens.of("admin-of-races@example.com", "ADMIN"));
        List<TestUser> users = List.of(TestUser.signIn(base), TestUser.signIn(base));
        users.forEach(writer -> new Library(writer));
        AtomicBoolean over = new AtomicBoolean();

        List<Callable<Map<Integer, Long>>> race = new ArrayList<>();
        users.forEach(writer -> race.add(() -> {
            Thread.sleep(100);
            int status = admin.delete("/api/admin/users/" + writer.id()).status();
            over.set(true);
            return Map.of(status, 1L);
        }));
        for (int i = 0; i < 8; i++) {
            TestUser writer = users.get(i % 2);
            race.add(() -> IntStream.range(0, 200)
                    .takeWhile(n -> n < 20 || !over.get())
                    .mapToObj(n -> writer.api().post(writer.path("/documents"), DOCUMENT))
                    .collect(Collectors.groupingBy(Api.Answer::status, Collectors.counting())));
        }
        List<Map<Integer, Long>> answers = AtOnce.all(race);

        System.out.println("Deleted while they write: " + answers);
        assertThat(answers.subList(0, 2)).containsOnly(Map.of(204, 1L));
        assertThat(answers.subList(2, answers.size()))
                .allSatisfy(statuses -> assertThat(statuses.keySet()).isSubsetOf(201, 401, 404));
        for (TestUser gone : users) {
            for (String table : List.of("realms", "database_servers", "databases", "documents", "jobs", "api_keys")) {
                assertThat(TestDatabase.query(
                                "SELECT count(*) FROM %s WHERE user_id = '%s'".formatted(table, gone.id())))
                        .as(table)
                        .isEqualTo("0");
            }
        }
    }

    @Test
    void theVictimOfADeadlockTriesAgain() throws Exception {
        String server = user.make("servers", SERVER);
        String database = database(server);
        String target = user.make("servers", SERVER);
        String path = user.path("/databases/" + database);
        int deadlocks = deadlocks();

        // PostgreSQL ends whoever notices first, after a second of waiting: the request, unless this machine is very
        // busy.
        boolean wasVictim = false;
        for (int round = 0; round < 5 && !wasVictim; round++) {
            String next = round % 2 == 0 ? target : server;
            try (Connection other = TestDatabase.owner()) {
                other.setAutoCommit(false);
                lock(other, "databases", database);
                var moved = CompletableFuture.supplyAsync(
                        () -> user.api().patch(path, "{\"serverId\": \"%s\"}".formatted(next)));
                awaitSomeWhoWait(1);
                wasVictim = tryToLock(other, "database_servers", next);
                other.commit();

                assertThat(moved.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
            }
        }

        assertThat(wasVictim).isTrue();
        for (int i = 0; i < 1000 && deadlocks() == deadlocks; i++) {
            Thread.sleep(10);
        }
        assertThat(deadlocks()).isGreaterThan(deadlocks);
    }

    /** As long as another application holds a row, its user's requests that want it end soon, and everybody else's go on. */
    @Test
    void aLockedRowKeepsNobodyElseWaiting() throws Exception {
        String path = user.path("/documents/" + user.make("documents", DOCUMENT));
        TestUser neighbour = TestUser.signIn(base);
        List<Callable<Api.Answer>> callers =
                new ArrayList<>(Collections.nCopies(12, () -> user.api().patch(path, "{\"type\": \"new\"}")));
        callers.addAll(Collections.nCopies(4, () -> {
            TimeUnit.MILLISECONDS.sleep(500);
            return neighbour.api().post(neighbour.path("/documents"), DOCUMENT);
        }));
        List<Api.Answer> answers;
        try (Connection owner = TestDatabase.owner();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("UPDATE users SET name = 'held' WHERE id = '" + user.id() + "'");
            statement.execute("SELECT FROM documents WHERE user_id = '" + user.id() + "' FOR UPDATE");

            answers = AtOnce.all(callers);

            owner.rollback();
        }

        assertThat(answers.subList(12, 16)).extracting(Api.Answer::status).containsOnly(201);
        assertThat(answers.subList(0, 12)).allSatisfy(answer -> {
            assertThat(answer.json().getString("code")).isEqualTo("unavailable");
            assertThat(answer.header("Retry-After")).isPresent();
        });
        assertThat(user.api().patch(path, "{\"type\": \"new\"}").status()).isEqualTo(200);
    }

    @Test
    void whoWaitedForARowSeesWhatItHasBecome() throws Exception {
        String id = user.make("documents", DOCUMENT);
        String path = user.path("/documents/" + id);
        String tag = user.api().get(path).header("ETag").orElseThrow();
        try (Connection other = TestDatabase.owner()) {
            other.setAutoCommit(false);
            other.createStatement().execute("UPDATE documents SET name = 'other' WHERE id = '" + id + "'");
            var patched = CompletableFuture.supplyAsync(() -> user.api().patch(path, "{\"chunks\": 7}"));
            awaitSomeWhoWait(1);
            var conditional = CompletableFuture.supplyAsync(
                    () -> user.api().with("If-Match", tag).patch(path, "{\"chunks\": 8}"));
            awaitSomeWhoWait(2);
            other.commit();

            assertThat(patched.get(30, TimeUnit.SECONDS).json().getString("name"))
                    .isEqualTo("other");
            assertThat(conditional.get(30, TimeUnit.SECONDS).status()).isEqualTo(412);
        }
    }

    private String database(String server) {
        return user.make("databases", "{\"name\": \"d\", \"serverId\": \"%s\"}".formatted(server));
    }

    private static void lock(Connection connection, String table, String id) throws SQLException {
        connection.createStatement().execute("SELECT FROM %s WHERE id = '%s' FOR UPDATE".formatted(table, id));
    }

    /** Whether the row was locked; if not, this one was the victim of the deadlock. */
    private static boolean tryToLock(Connection connection, String table, String id) throws SQLException {
        try {
            lock(connection, table, id);
            return true;
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("40P01");
            connection.rollback();
            return false;
        }
    }

    private static void awaitSomeWhoWait(int number) throws InterruptedException {
        for (int i = 0; i < 1000 && waiting() < number; i++) {
            Thread.sleep(10);
        }
        assertThat(waiting()).isGreaterThanOrEqualTo(number);
    }

    private static int deadlocks() {
        return Integer.parseInt(
                TestDatabase.query("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
    }

    private static int waiting() {
        return Integer.parseInt(TestDatabase.query("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"));
    }

    private static String round(String rows) {
        return rows.endsWith("servers") ? SERVER : rows.endsWith("documents") ? DOCUMENT : "{\"name\": \"k\"}";
    }

    /** One name in mixed case and in each Unicode form. */
    private static List<String> spellings(String name) {
        return IntStream.range(0, Normalizer.Form.values().length)
                .mapToObj(i -> Normalizer.normalize(name, Normalizer.Form.values()[i]))
                .flatMap(text -> List.of(text, text.toUpperCase(), text.toLowerCase(), "  " + text).stream())
                .distinct()
                .toList();
    }

    private static void assertOneTook(List<Api.Answer> answers, String code) {
        Map<Integer, List<Api.Answer>> byStatus = answers.stream().collect(Collectors.groupingBy(Api.Answer::status));
        assertThat(byStatus.keySet()).as("%s", byStatus).containsExactlyInAnyOrder(201, 409);
        assertThat(byStatus.get(201)).hasSize(1);
        assertThat(byStatus.get(409))
                .allSatisfy(
                        answer -> assertThat(answer.json().getString("code")).isEqualTo(code));
    }
}
