package dev.realms.apikey;

import static dev.realms.testing.Json.masked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.AtOnce;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.Json;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import jakarta.json.JsonObject;
import java.net.URI;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** API keys over HTTP. */
@Tag("any-server")
@OnDatabase(DatabaseState.FINALIZED)
class ApiKeysIT {

    private final URI base = TestServer.base();

    private TestUser user;

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
    }

    @Test
    void showsAKeyOnce() {
        var made = user.api().post(user.path("/api-keys"), "{\"name\": \"ci\"}");
        String key = made.json().getString("key");
        String path = user.path("/api-keys/") + made.json().getString("id");

        assertThat(made.status()).isEqualTo(201);
        assertThat(ApiKeyFormat.form(key)).isEqualTo(ApiKeyFormat.Form.KEY);
        assertThat(masked(user.api().get(path).value())).isEqualTo(Json.of("""
                {
                  "id": "<id>",
                  "name": "ci",
                  "prefix": "%s",
                  "access": "WRITE",
                  "created": "<time>",
                  "lastUsed": null,
                  "lastUsedNetwork": null,
                  "expiresAt": null,
                  "revokedAt": null,
                  "previousKeyExpiresAt": null,
                  "createdAt": "<time>",
                  "updatedAt": "<time>",
                  "userId": "<id>",
                  "realmId": "<id>"
                }""".formatted(key.substring(0, 12))));
        assertThat(user.api().get(path).header("ETag")).isEqualTo(made.header("ETag"));
        assertThat(TestDatabase.query("SELECT key FROM api_keys WHERE name = 'ci'"))
                .matches(ApiKeyFormat.hash(key) + ":[0-9a-f]{32}");
    }

    @Test
    void opensItsRealmUntilItIsRevoked() {
        var made = user.api().post(user.path("/api-keys"), "{\"name\": \"a\"}").json();
        var program = Api.at(base).as(made.getString("key"));

        assertThat(program.get(user.path("/documents")).status()).isEqualTo(200);
        var revoked = user.api().post(user.path("/api-keys/" + made.getString("id") + "/revoke"));

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.json().isNull("revokedAt")).isFalse();
        assertThat(revoked.json().isNull("lastUsed")).isFalse();
        assertThat(program.get(user.path("/documents")).status()).isEqualTo(401);
        var rotated = user.api().post(user.path("/api-keys/" + made.getString("id") + "/rotate"), "{}");
        assertThat(rotated.status()).isEqualTo(409);
        assertThat(rotated.json().getString("code")).isEqualTo("wrong-state");
    }

    @Test
    void rotatesAtOnceOrWithGrace() {
        var first = user.api().post(user.path("/api-keys"), "{\"name\": \"a\"}").json();
        String rotate = user.path("/api-keys/" + first.getString("id") + "/rotate");

        var second = user.api().post(rotate, "{\"graceSeconds\": 600}").json();

        assertThat(second.getString("id")).isEqualTo(first.getString("id"));
        assertThat(second.isNull("previousKeyExpiresAt")).isFalse();
        assertThat(opens(first.getString("key"))).isTrue();
        assertThat(opens(second.getString("key"))).isTrue();

        var tooEarly = user.api().post(rotate, "{\"graceSeconds\": 600}");

        assertThat(tooEarly.status()).isEqualTo(409);
        assertThat(tooEarly.json().getString("detail"))
                .matches(
                        "The key before this one still works, until .*Z; wait, or rotate with graceSeconds 0, which ends both\\.");
        assertThat(opens(first.getString("key"))).isTrue();

        var third = user.api().post(rotate).json();

        assertThat(opens(first.getString("key"))).isFalse();
        assertThat(opens(second.getString("key"))).isFalse();
        assertThat(opens(third.getString("key"))).isTrue();
    }

    @Test
    void keepsAKeyFromBeforeRealmsThroughARotationWithGrace() {
        String id = user.api()
                .post(user.path("/api-keys"), "{\"name\": \"old\"}")
                .json()
                .getString("id");
        String old = "sk_" + UUID.randomUUID();
        TestDatabase.asOwner("UPDATE api_keys SET key = '%s', prefix = NULL WHERE id = '%s'".formatted(old, id));
        assertThat(opens(old)).isTrue();

        user.api().post(user.path("/api-keys/" + id + "/rotate"), "{\"graceSeconds\": 600}");

        assertThat(opens(old)).isTrue();
        assertThat(TestDatabase.query("SELECT previous_key FROM api_keys WHERE id = '" + id + "'"))
                .isEqualTo(ApiKeyFormat.hash(old));
    }

    /** The pre-realm application finds a key by its plain text, and knows neither of the two. */
    @ParameterizedTest
    @CsvSource({"/revoke, false", "expiry, true"})
    void leavesNothingInPlainOfAKeyThatIsRevokedOrIsToExpire(String act, boolean opens) {
        String path = user.path("/api-keys/") + user.make("api-keys", "{\"name\": \"old\"}");
        String old = "sk_" + UUID.randomUUID();
        TestDatabase.asOwner(
                "UPDATE api_keys SET key = '%s', prefix = NULL WHERE user_id = '%s'".formatted(old, user.id()));

        user.api().patch(path, "{\"name\": \"same\"}");
        assertThat(TestDatabase.query("SELECT key FROM api_keys WHERE user_id = '" + user.id() + "'"))
                .isEqualTo(old);
        var answer = opens
                ? user.api().patch(path, "{\"expiresAt\": \"2999-01-01T00:00:00Z\"}")
                : user.api().post(path + act);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(TestDatabase.query("SELECT key FROM api_keys WHERE user_id = '" + user.id() + "'"))
                .matches(ApiKeyFormat.hash(old) + ":[0-9a-f]{32}");
        assertThat(opens(old)).isEqualTo(opens);
    }

    @Test
    void expires() {
        var made =
                user.api().post(user.path("/api-keys"), "{\"name\": \"a\", \"expiresAt\": \"2999-01-01T00:00:00Z\"}");
        String id = made.json().getString("id");
        assertThat(opens(made.json().getString("key"))).isTrue();

        TestDatabase.asOwner("UPDATE api_keys SET expires_at = now() - interval '1 s' WHERE id = '" + id + "'");

        assertThat(opens(made.json().getString("key"))).isFalse();
        assertThat(user.api()
                        .patch(user.path("/api-keys/" + id), "{\"name\": \"b\"}")
                        .status())
                .isEqualTo(200);
        assertThat(user.api()
                        .patch(user.path("/api-keys/" + id), "{\"expiresAt\": \"2001-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aKeyThatReadsChangesNothing() {
        JsonObject made = user.api()
                .post(user.path("/api-keys"), "{\"name\": \"a\", \"access\": \"READ\"}")
                .json();
        Api reader = Api.at(base).as(made.getString("key"));
        String server = "{\"name\": \"s\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1}";
        String path = user.path("/servers/") + user.make("servers", server);

        assertThat(made.getString("access")).isEqualTo("READ");
        assertThat(reader.get(path).status()).isEqualTo(200);
        for (Api.Answer refused : List.of(
                reader.post(user.path("/servers"), server),
                reader.put(path, server),
                reader.patch(path, "{\"name\": \"t\"}"),
                reader.delete(path))) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().getString("code")).isEqualTo("forbidden");
            assertThat(refused.json().getString("detail")).isEqualTo("This API key reads and changes nothing.");
        }
        assertThat(user.api()
                        .patch(user.path("/api-keys/" + made.getString("id")), "{\"access\": \"WRITE\"}")
                        .status())
                .isEqualTo(400);
        assertThat(user.api()
                        .post(user.path("/api-keys"), "{\"name\": \"a\", \"access\": \"ALL\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void refusesWhatMayNotBeSet() {
        var create = user.api().post(user.path("/api-keys"), """
                {"name": "a", "key": "rlm_mine", "prefix": "rlm_mine", "expiresAt": "2001-01-01T00:00:00Z"}""");
        var past =
                user.api().post(user.path("/api-keys"), "{\"name\": \"a\", \"expiresAt\": \"2001-01-01T00:00:00Z\"}");
        String id = user.make("api-keys", "{\"name\": \"a\"}");
        var rotate = user.api().post(user.path("/api-keys/" + id + "/rotate"), "{\"graceSeconds\": 604801}");

        assertThat(create.json().getJsonArray("errors")).isEqualTo(Json.of("""
                [
                  {"field": "key", "message": "is not a field that can be set"},
                  {"field": "prefix", "message": "is not a field that can be set"}
                ]"""));
        assertThat(past.json().getString("detail")).isEqualTo("expiresAt must be a future date.");
        assertThat(rotate.json().getString("detail")).isEqualTo("graceSeconds must be less than or equal to 604800.");
    }

    @Test
    void isRotatedAndRevokedAtOnceWithoutAFault() {
        for (int round = 0; round < 10; round++) {
            var made =
                    user.api().post(user.path("/api-keys"), "{\"name\": \"a\"}").json();
            String path = user.path("/api-keys/" + made.getString("id"));

            List<Api.Answer> answers = AtOnce.all(
                    8,
                    i -> i == 7
                            ? user.api().post(path + "/revoke")
                            : user.api().post(path + "/rotate", "{\"graceSeconds\": %d}".formatted(i % 2 * 60)));

            assertThat(answers.get(7).status()).isEqualTo(200);
            assertThat(answers)
                    .extracting(Api.Answer::status)
                    .containsAnyOf(200)
                    .isSubsetOf(200, 409);
            assertThat(answers.subList(0, 7).stream()
                            .filter(rotated -> rotated.status() == 200)
                            .map(rotated -> rotated.json().getString("key")))
                    .noneMatch(this::opens);
            assertThat(opens(made.getString("key"))).isFalse();
        }
    }

    /** About the realm itself the database is asked no more than for the realm, and for the key. */
    @Test
    void readsNoRealmFromTheMomentItIsRevoked() {
        for (String path : List.of("/api/realms/current", "/api/realms/" + user.realmId())) {
            var made =
                    user.api().post(user.path("/api-keys"), "{\"name\": \"a\"}").json();
            Api program = Api.at(base).as(made.getString("key"));
            assertThat(program.get(path).status()).isEqualTo(200);

            user.api().post(user.path("/api-keys/" + made.getString("id") + "/revoke"));

            assertThat(program.get(path).status()).as(path).isEqualTo(401);
        }
    }

    @Test
    void isRefusedFromTheMomentItIsRevoked() {
        var made = user.api().post(user.path("/api-keys"), "{\"name\": \"a\"}").json();
        Api program = Api.at(base).as(made.getString("key"));
        AtomicLong revoked = new AtomicLong(Long.MAX_VALUE);
        AtomicLong lastServed = new AtomicLong();

        AtOnce.all(8, i -> {
            if (i == 0) {
                pause(200);
                user.api().post(user.path("/api-keys/" + made.getString("id") + "/revoke"));
                revoked.set(System.nanoTime());
                return null;
            }
            // A request that set out before the answer to the revocation may still be served.
            for (long sent = System.nanoTime(); sent - revoked.get() < 1_000_000_000L; sent = System.nanoTime()) {
                if (program.get(user.path("/documents")).status() != 401) {
                    lastServed.accumulateAndGet(sent, Math::max);
                }
            }
            return null;
        });

        assertThat(lastServed.get()).isPositive();
        assertThat(lastServed.get() - revoked.get()).isLessThan(0);
    }

    @Test
    void notesItsUseOnceAMinuteHoweverManyUseIt() throws Exception {
        var made = user.api().post(user.path("/api-keys"), "{\"name\": \"a\"}").json();
        Api program = Api.at(base).as(made.getString("key"));
        countTouches();

        for (int minute = 1; minute <= 3; minute++) {
            var statuses = AtOnce.all(
                    64,
                    i -> IntStream.range(0, 5)
                            .mapToObj(n -> program.get(user.path("/documents")).status())
                            .toList());

            assertThat(statuses).allSatisfy(each -> assertThat(each).containsOnly(200));
            assertThat(TestDatabase.query("SELECT count(*) FROM touches")).isEqualTo(Integer.toString(minute));
            TestDatabase.asOwner("ALTER TABLE api_keys DISABLE TRIGGER count_touches;"
                    + "UPDATE api_keys SET last_used = last_used - interval '2 minutes' WHERE last_used IS NOT NULL;"
                    + "ALTER TABLE api_keys ENABLE TRIGGER count_touches");
            // What was known of the key a moment ago is not asked for again before that.
            TimeUnit.SECONDS.sleep(1);
        }
    }

    @Test
    void waitsForNobodyWhoHoldsItsRow() throws Exception {
        var made = user.api().post(user.path("/api-keys"), "{\"name\": \"a\"}").json();
        try (Connection busy = TestDatabase.owner()) {
            busy.setAutoCommit(false);
            busy.createStatement().execute("SELECT FROM api_keys WHERE id = '" + made.getString("id") + "' FOR UPDATE");

            assertThat(Api.at(base)
                            .as(made.getString("key"))
                            .get(user.path("/documents"))
                            .status())
                    .isEqualTo(200);
            assertThat(TestDatabase.query("SELECT last_used FROM api_keys WHERE id = '" + made.getString("id") + "'"))
                    .isNull();
            assertThat(TestDatabase.query("SELECT count(*) FROM pg_locks WHERE NOT granted"))
                    .isEqualTo("0");
        }
    }

    /** The only way to count the updates of one row: statistics are of tables, and late. */
    private static void countTouches() {
        TestDatabase.asOwner("""
                CREATE TABLE touches (id uuid);
                CREATE FUNCTION count_touches() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN INSERT INTO touches VALUES (NEW.id); RETURN NULL; END $$;
                CREATE TRIGGER count_touches AFTER UPDATE OF last_used ON api_keys
                  FOR EACH ROW EXECUTE FUNCTION count_touches()""");
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean opens(String key) {
        int status = Api.at(base).as(key).get(user.path("/documents")).status();
        assertThat(status).isIn(200, 401);
        return status == 200;
    }
}
