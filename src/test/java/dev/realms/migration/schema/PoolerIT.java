package dev.realms.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realms.testing.AtOnce;
import dev.realms.testing.Node;
import dev.realms.testing.PgBouncer;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestUser;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service behind the real PgBouncer: served rightly or refused, and nothing of it is left for the pooler's other clients. */
class PoolerIT {

    private static final String OWNER = System.getenv("REALMS_DB_OWNER_USER");
    private static final String OWNER_PASSWORD = System.getenv("REALMS_DB_OWNER_PASSWORD");
    private static final String APP = System.getenv("REALMS_DB_APP_USER");
    private static final String APP_PASSWORD = System.getenv("REALMS_DB_APP_PASSWORD");

    /** Of the pooler, for each role; half of what either of our pools may have. */
    private static final int SESSIONS = 8;

    @BeforeEach
    void prepare() {
        assumeTrue(PgBouncer.isInstalled(), "PgBouncer is not installed");
    }

    @Test
    void requestsAreServedThroughOneThatKeepsTransactions() throws SQLException {
        TestDatabase.resetToFinalized();
        try (PgBouncer pooler = pooler("transaction", SESSIONS);
                Node node = Node.start(
                                "pooled",
                                Map.of("REALMS_DB_APP_URL", pooler.url(TestDatabase.url()) + "?prepareThreshold=0"))
                        .awaitStart()) {
            assertThatEverybodySeesTheirOwn(node.base());
            assertThatNothingIsLeft(pooler, APP, APP_PASSWORD);
            pooler.stop();
            assertThatItIsMissed(node);
        }
    }

    @Test
    void bothRolesAreServedThroughOneThatKeepsSessions() {
        TestDatabase.resetToEmpty();
        try (PgBouncer pooler = pooler("session", 4 * SESSIONS);
                Node node = Node.start("pooled-sessions", Map.of("REALMS_DB_URL", pooler.url(TestDatabase.url())))
                        .awaitStart()) {
            assertThatEverybodySeesTheirOwn(node.base());
        }
    }

    @Test
    void theOwnerIsRefusedThroughOneThatKeepsNoSessions() throws SQLException {
        TestDatabase.resetToEmpty();
        try (PgBouncer pooler = pooler("transaction", SESSIONS)) {
            assertThatItRefuses(
                    "pooled-owner",
                    Map.of("REALMS_DB_URL", pooler.url(TestDatabase.url()), "REALMS_DB_APP_URL", TestDatabase.url()),
                    "realms.db.url leads through a pooler that does not keep sessions");
            assertThatNothingIsLeft(pooler, OWNER, OWNER_PASSWORD);
        }
    }

    @Test
    void theRuntimeRoleIsRefusedWhereStatementsArePreparedForSomebodyElse() throws SQLException {
        TestDatabase.resetToEmpty();
        try (PgBouncer pooler = pooler("transaction", SESSIONS)) {
            assertThatItRefuses(
                    "pooled-prepared",
                    Map.of("REALMS_DB_APP_URL", pooler.url(TestDatabase.url())),
                    "realms.db.app.url leads through a pooler that does not keep sessions (pool_mode is transaction): add"
                            + " prepareThreshold=0 to it");
            assertThatNothingIsLeft(pooler, APP, APP_PASSWORD);
        }
    }

    private static PgBouncer pooler(String mode, int sessions) {
        int port = URI.create(TestDatabase.url().substring("jdbc:".length())).getPort();
        return PgBouncer.start(mode, port, Map.of(OWNER, OWNER_PASSWORD, APP, APP_PASSWORD), sessions);
    }

    /** So it was on the way. */
    private static void assertThatItIsMissed(Node node) {
        Instant end = Instant.now().plusSeconds(30);
        while (node.api().get("/health/ready").status() != 503) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(200_000_000);
        }
    }

    private static void assertThatItRefuses(String name, Map<String, String> settings, String sentence) {
        try (Node node = Node.start(name, settings)) {
            assertThat(node.awaitRefusal()).contains("REALMS CANNOT START: " + sentence);
        }
        assertThat(TestDatabase.query("SELECT count(*) FROM pg_namespace WHERE nspname IN ('realms', 'migration')"))
                .isEqualTo("0");
    }

    private static void assertThatEverybodySeesTheirOwn(URI base) {
        List<List<String>> seen = AtOnce.all(12, caller -> {
            TestUser user = TestUser.signIn(base);
            List<String> strangers = new ArrayList<>();
            IntStream.range(0, 20).forEach(i -> {
                String body = "{\"name\": \"of %s\", \"type\": \"t\"}".formatted(user.id());
                assertThat(user.api().post(user.path("/documents"), body).status())
                        .isEqualTo(201);
                var items =
                        user.api().get(user.path("/documents?limit=200")).json().getJsonArray("items");
                assertThat(items).hasSize(i + 1);
                items.forEach(item -> {
                    String name = item.asJsonObject().getString("name");
                    if (!name.equals("of " + user.id())) {
                        strangers.add(name);
                    }
                });
            });
            return strangers;
        });
        assertThat(seen).allMatch(List::isEmpty);
    }

    /** What all sessions of the pooler have for the next client of the same role, asked at the same time. */
    private static void assertThatNothingIsLeft(PgBouncer pooler, String role, String password) throws SQLException {
        String url = pooler.url(TestDatabase.url()) + "?prepareThreshold=0";
        List<Connection> others = new ArrayList<>();
        try {
            for (int i = 0; i < SESSIONS; i++) {
                Connection other = DriverManager.getConnection(url, role, password);
                others.add(other);
                other.setAutoCommit(false);
                assertThat(PoolingTest.texts(other, """
                                SELECT name FROM pg_settings WHERE source = 'session' AND name NOT IN (%s)
                                UNION ALL SELECT 'app.user_id' WHERE current_setting('app.user_id', true) <> ''
                                UNION ALL SELECT 'app.realm_id' WHERE current_setting('app.realm_id', true) <> ''
                                UNION ALL SELECT 'realms.migration' WHERE current_setting('realms.migration', true) <> ''
                                UNION ALL SELECT statement FROM pg_prepared_statements
                                UNION ALL SELECT locktype FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()""".formatted(PoolingTest.OF_THE_POOLER)))
                        .isEmpty();
            }
        } finally {
            for (Connection other : others) {
                other.close();
            }
        }
    }
}
