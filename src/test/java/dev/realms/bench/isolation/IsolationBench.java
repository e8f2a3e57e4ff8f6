package dev.realms.bench.isolation;

import dev.realms.bench.Load;
import dev.realms.bench.Medians;
import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * What row-level security costs: the same requests, and the same transactions straight from JDBC, with it and without it, round
 * by round. The tenant filter, the keys and the check of a realm's owner stay on in both.
 */
@OnDatabase(DatabaseState.FINALIZED)
class IsolationBench {

    private static final int REALMS = 8;
    private static final int DOCUMENTS = 500;
    private static final int CONNECTIONS = 16;
    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final List<String> TABLES =
            List.of("database_servers", "databases", "documents", "jobs", "api_keys", "realms", "user_settings");

    private final URI base = TestServer.base();

    @Test
    void withAndWithoutRowLevelSecurity() throws Exception {
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < REALMS; i++) {
            callers.add(Caller.make(base));
        }
        TestDatabase.asOwner("VACUUM (ANALYZE)");

        say("What row-level security costs, medians of %d rounds of %d s each way", ROUNDS, ROUND.toSeconds());
        say("%-34s %12s %12s %7s %21s", "", "with, /s", "without, /s", "ratio", "p99 with/without, ms");
        compare("HTTP: list 50 documents", CONNECTIONS, n -> callers.get(n % REALMS)::list);
        compare("HTTP: get a document", CONNECTIONS, n -> callers.get(n % REALMS)::get);
        compare("HTTP: post a document", CONNECTIONS, n -> callers.get(n % REALMS)::post);
        compare("HTTP: stats", CONNECTIONS, n -> callers.get(n % REALMS)::stats);
        List<Transaction> transactions = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            transactions.add(new Transaction(TestDatabase.app(), callers.get(i)));
        }
        compare("JDBC: open realm, list 50, commit", 2, n -> transactions.get(n)::list);
        compare("JDBC: open realm, get, commit", 2, n -> transactions.get(n)::get);
        for (Transaction transaction : transactions) {
            transaction.connection().close();
        }
    }

    private static void compare(String what, int callers, IntFunction<Load.Act> act) throws Exception {
        Map<Boolean, List<Load.Measured>> rounds = new LinkedHashMap<>();
        rounds.put(true, new ArrayList<>());
        rounds.put(false, new ArrayList<>());
        Load.run(callers, WARM_UP, act);
        for (int round = 0; round < ROUNDS; round++) {
            for (boolean with : List.of(true, false)) {
                try {
                    rowLevelSecurity(with);
                    rounds.get(with).add(Load.run(callers, ROUND, act));
                } finally {
                    rowLevelSecurity(true);
                }
            }
        }
        double with = Medians.of(rounds.get(true), Load.Measured::perSecond);
        double without = Medians.of(rounds.get(false), Load.Measured::perSecond);
        say(
                "%-34s %,12.0f %,12.0f %7.2f %12.1f / %.1f",
                what,
                with,
                without,
                with / without,
                Medians.of(rounds.get(true), Load.Measured::p99),
                Medians.of(rounds.get(false), Load.Measured::p99));
    }

    private static void rowLevelSecurity(boolean on) {
        TABLES.forEach(table ->
                TestDatabase.asOwner("ALTER TABLE " + table + (on ? " ENABLE" : " DISABLE") + " ROW LEVEL SECURITY"));
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /** An API key of a realm that holds documents. */
    private record Caller(Api api, String realmId, String userId, String documentId) {

        private static final String ROWS = """
                INSERT INTO realms.documents (id, name, type, user_id, realm_id)
                SELECT gen_random_uuid(), 'Document ' || n, 'pdf', '%s', '%s' FROM generate_series(1, %d) AS n""";

        static Caller make(URI base) {
            TestUser user = TestUser.signIn(base);
            String key = user.api()
                    .post(user.path("/api-keys"), "{\"name\": \"bench\"}")
                    .json()
                    .getString("key");
            TestDatabase.asOwner(ROWS.formatted(user.id(), user.realmId(), DOCUMENTS));
            String document = TestDatabase.query(
                    "SELECT id FROM realms.documents WHERE realm_id = '" + user.realmId() + "' ORDER BY id LIMIT 1");
            return new Caller(Api.at(base).as(key), user.realmId(), user.id(), document);
        }

        void list() {
            expect(200, api.get(path("/documents")));
        }

        void get() {
            expect(200, api.get(path("/documents/" + documentId)));
        }

        void post() {
            expect(201, api.post(path("/documents"), "{\"name\": \"New\", \"type\": \"pdf\"}"));
        }

        void stats() {
            expect(200, api.get(path("/stats")));
        }

        private String path(String rest) {
            return "/api/realms/" + realmId + rest;
        }

        private static void expect(int status, Api.Answer answer) {
            if (answer.status() != status) {
                throw new IllegalStateException(answer.toString());
            }
        }
    }

    /** What the service does in the database, without the service. */
    private record Transaction(Connection connection, Caller caller) {

        void list() throws Exception {
            run("SELECT * FROM realms.documents WHERE realm_id = ? ORDER BY created_at DESC, id DESC LIMIT 50");
        }

        void get() throws Exception {
            run("SELECT * FROM realms.documents WHERE realm_id = ? AND id = '" + caller.documentId() + "'");
        }

        private void run(String query) throws Exception {
            connection.setAutoCommit(false);
            try (PreparedStatement open = connection.prepareStatement("SELECT realms.open_realm(?, ?)")) {
                open.setObject(1, UUID.fromString(caller.realmId()));
                open.setObject(2, UUID.fromString(caller.userId()));
                open.execute();
            }
            try (PreparedStatement statement = connection.prepareStatement(query)) {
                statement.setObject(1, UUID.fromString(caller.realmId()));
                try (ResultSet rows = statement.executeQuery()) {
                    if (!rows.next()) {
                        throw new IllegalStateException("Nothing found");
                    }
                }
            }
            connection.commit();
        }
    }
}
