package dev.realms.security.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.settings.SecretKey;
import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import dev.realms.testing.Tokens;
import jakarta.json.JsonObject;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rotation of the key while requests go on. The test itself is a second node that reads every value all the while. */
@Tag("any-server")
@OnDatabase(value = DatabaseState.FINALIZED, own = true)
class SecretKeyIT {

    private static final String KEY = "/api/admin/secret-key";
    private static final String SERVER = """
            {"name": "s", "type": "QDRANT", "host": "h", "port": 1, "password": "%s", "apiKey": "%s"}""";
    private static final int WRITERS = 3;
    private static final int SERVERS_OF_EACH = 8;

    private final URI base = TestServer.base();

    private Api admin;
    private TestUser user;

    @BeforeEach
    void signIn() {
        admin = Api.at(base).as(Tokens.of("operator@example.com", "ADMIN"));
        user = TestUser.signIn(base);
    }

    @Test
    void rotatesUnderWritersAndGoesOnAfterACrash() throws Exception {
        String quiet = user.make("servers", SERVER.formatted("s3cret-quiet", "k3y-quiet"));
        String plain = user.make("servers", SERVER.formatted("s3cret", "k3y"));
        TestDatabase.asOwner("UPDATE database_servers SET password = 'plain' WHERE id = '" + plain + "'");
        String updatedAt = user.api().get(user.path("/servers/" + quiet)).json().getString("updatedAt");
        Map<String, String> written = new ConcurrentHashMap<>();
        written.put(quiet, "s3cret-quiet");
        String before = admin.get(KEY).json().getString("activeKeyId");
        AtomicBoolean ended = new AtomicBoolean();
        List<CompletableFuture<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(CompletableFuture.supplyAsync(() -> write(written, ended)));
        }
        CompletableFuture<Integer> otherNode = CompletableFuture.supplyAsync(() -> readAll(plain, ended));
        try {
            assertThat(admin.post(KEY + "/rotate").status()).isEqualTo(202);
            Api.Answer second = admin.post(KEY + "/rotate");
            assertThat(second.status()).isEqualTo(409);
            assertThat(second.json().getString("code")).isEqualTo("wrong-state");
            await(view -> !view.getString("activeKeyId").equals(before));
            String next = admin.get(KEY).json().getString("activeKeyId");
            killRotation();
            assertThat(await(SecretKeyIT::rests).getJsonObject("rotation").getString("state"))
                    .isEqualTo("ended-early");

            JsonObject rotated = rotateToTheEnd();

            assertThat(rotated.getString("activeKeyId")).isEqualTo(next);
        } finally {
            ended.set(true);
        }
        for (CompletableFuture<Integer> writer : writers) {
            assertThat(writer.join()).isPositive();
        }
        assertThat(otherNode.join()).isPositive();
        assertAllSealedBy(admin.get(KEY).json().getString("activeKeyId"), plain);
        written.forEach((id, password) -> assertThat(open(id)).isEqualTo(password));
        assertThat(TestDatabase.query("SELECT password FROM database_servers WHERE id = '" + plain + "'"))
                .isEqualTo("plain");
        assertThat(user.api().get(user.path("/servers/" + quiet)).json().getString("updatedAt"))
                .isEqualTo(updatedAt);
        assertThat(
                        TestDatabase.query(
                                "SELECT string_agg(outcome, ', ' ORDER BY id) FROM migration.audit_log WHERE act = 'rotate-secret-key'"))
                .startsWith("started, refused: under way, ")
                .contains("ended early")
                .endsWith("rotated");
        for (String book : List.of("audit_log", "runs", "reports")) {
            assertThat(TestDatabase.query("SELECT string_agg(t::text, ' ') FROM migration." + book + " AS t"))
                    .satisfiesAnyOf(
                            text -> assertThat(text).isNull(),
                            text -> assertThat(text).doesNotContain("s3cret", "k3y", "realms:v1"));
        }
    }

    /** ExpiringCache answers are not sealed again: the key before opens them. */
    @Test
    void knowsARequestAgainAfterARotation() {
        Api once = user.api().with("Idempotency-Key", UUID.randomUUID().toString());
        String body = SERVER.formatted("p", "k");
        Api.Answer first = once.post(user.path("/servers"), body);

        admin.post(KEY + "/rotate");
        await(SecretKeyIT::rests);

        assertThat(once.post(user.path("/servers"), body).body()).isEqualTo(first.body());
        assertThat(once.post(user.path("/servers"), SERVER.formatted("other", "k"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void saysNothingOfWhyASecretCannotBeOpened() {
        String key = UUID.randomUUID().toString();
        Api once = user.api().with("Idempotency-Key", key);
        once.post(user.path("/servers"), SERVER.formatted("p", "k"));
        TestDatabase.asOwner(
                "UPDATE idempotent_requests SET body = overlay(body placing 'AA' from length(body) - 4) WHERE key = '"
                        + key + "'");

        int logged = TestServer.log().length();
        Api.Answer answer = once.post(user.path("/servers"), SERVER.formatted("p", "k"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.json().getString("code")).isEqualTo("internal");
        assertThat(answer.json().getString("detail")).matches("Please report incident [0-9a-f-]+\\.");
        assertThat(TestServer.log().substring(logged)).containsOnlyOnce("Request failed, incident");
    }

    @Test
    void isForAdministratorsOnly() {
        assertThat(user.api().get(KEY).status()).isEqualTo(403);
        assertThat(user.api().post(KEY + "/rotate").status()).isEqualTo(403);
        assertThat(admin.get(KEY).body()).doesNotContain("wrapped");
    }

    /** The runtime role, through which every request goes, can't even read the wrapped keys. */
    @Test
    void keepsTheKeysFromTheRuntimeRole() throws SQLException {
        try (Connection connection = TestDatabase.app();
                Statement statement = connection.createStatement()) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> statement.execute("SELECT * FROM migration.secret_keys")))
                    .hasMessageContaining("permission denied");
        }
    }

    /** As many changes as there is time for; of each server the password that was acknowledged last is remembered. */
    private int write(Map<String, String> written, AtomicBoolean ended) {
        TestUser writer = TestUser.signIn(base);
        List<String> ids = new ArrayList<>();
        int changes = 0;
        while (!ended.get()) {
            String password = "s3cret-" + UUID.randomUUID();
            if (ids.size() < SERVERS_OF_EACH) {
                ids.add(writer.make("servers", SERVER.formatted(password, "k3y")));
            } else {
                Api.Answer changed = writer.api()
                        .patch(
                                writer.path("/servers/" + ids.get(changes % SERVERS_OF_EACH)),
                                "{\"password\": \"" + password + "\"}");
                assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
            }
            written.put(ids.get(changes % SERVERS_OF_EACH), password);
            changes++;
            LockSupport.parkNanos(5_000_000);
        }
        return changes;
    }

    private static int readAll(String plain, AtomicBoolean ended) {
        KeyRing ring = otherNodesRing();
        int readings = 0;
        while (!ended.get()) {
            readAll(ring, plain);
            ring.read();
            readings++;
            LockSupport.parkNanos(50_000_000);
        }
        return readings;
    }

    private static void readAll(KeyRing ring, String plain) {
        try (Connection connection = TestDatabase.owner();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT realm_id, id, password FROM database_servers WHERE password IS NOT NULL AND id <> '"
                                + plain + "'")) {
            while (row.next()) {
                AssociatedData place =
                        AssociatedData.ofField(row.getObject(1, UUID.class), row.getString(2), "password");
                assertThat(new SecretBox(ring).open(row.getString(3), place)).isNotEmpty();
            }
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static String open(String id) {
        String realm = TestDatabase.query("SELECT realm_id FROM database_servers WHERE id = '" + id + "'");
        String sealed = TestDatabase.query("SELECT password FROM database_servers WHERE id = '" + id + "'");
        return new SecretBox(otherNodesRing())
                .open(sealed, AssociatedData.ofField(UUID.fromString(realm), id, "password"));
    }

    private static KeyRing otherNodesRing() {
        KeyRing ring = new KeyRing(TestKeys.masters(SecretKey.parse(System.getenv("REALMS_SECRET_KEY"))), () -> {
            try (Connection connection = TestDatabase.owner()) {
                return DataKeyTable.read(connection);
            } catch (SQLException fault) {
                throw new IllegalStateException(fault);
            }
        });
        ring.read();
        return ring;
    }

    private static void assertAllSealedBy(String keyId, String plain) {
        assertThat(TestDatabase.query("SELECT count(*) FROM database_servers WHERE password NOT LIKE 'realms:v1:"
                        + keyId + ":%' AND id <> '" + plain + "'"))
                .isEqualTo("0");
        assertThat(TestDatabase.query(
                        "SELECT count(*) FROM database_servers WHERE api_key NOT LIKE 'realms:v1:" + keyId + ":%'"))
                .isEqualTo("0");
    }

    /** What a killed node leaves: the session is gone, and nobody has written that the run ended. */
    private static void killRotation() {
        TestDatabase.asOwner("""
                SELECT pg_terminate_backend(pid) FROM pg_locks
                WHERE locktype = 'advisory' AND ((classid::bigint << 32) | objid::bigint) = %d AND granted
                """.formatted(0x5265616c6d733034L));
    }

    /** Payara drops all connections of a pool with the one that was lost, perhaps that of the next run, too. */
    private JsonObject rotateToTheEnd() {
        for (int attempt = 1; ; attempt++) {
            assertThat(admin.post(KEY + "/rotate").status()).isEqualTo(202);
            JsonObject view = await(SecretKeyIT::rests);
            if (view.getJsonObject("rotation").getString("state").equals("rotated")) {
                return view;
            }
            assertThat(attempt).as(view.toString()).isLessThan(4);
        }
    }

    private static boolean rests(JsonObject view) {
        return !view.getJsonObject("rotation").getString("state").equals("running");
    }

    private JsonObject await(Predicate<JsonObject> condition) {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (true) {
            // A question may meet the connections that are dropped.
            Api.Answer answer = admin.get(KEY);
            JsonObject view = answer.json();
            if (answer.status() == 200 && condition.test(view)) {
                return view;
            }
            assertThat(Instant.now()).as(view.toString()).isBefore(end);
            LockSupport.parkNanos(50_000_000);
        }
    }
}
