package dev.realms.apikey;

import static dev.realms.testing.Json.masked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.Json;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestUser;
import dev.realms.testing.Wars;
import java.net.URI;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** API keys over HTTP. */
@ExtendWith(ArquillianExtension.class)
class ApiKeysIT {

    @ArquillianResource
    private URI base;

    private TestUser user;

    @Deployment(testable = false)
    static WebArchive onAnEmptyDatabase() {
        TestDatabase.resetToEmpty();
        return Wars.realms();
    }

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
        assertThat(ApiKeyFormat.isWellFormed(key)).isTrue();
        assertThat(masked(user.api().get(path).value())).isEqualTo(Json.of("""
                {
                  "id": "<id>",
                  "name": "ci",
                  "prefix": "%s",
                  "created": "<time>",
                  "lastUsed": null,
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
                .isEqualTo(ApiKeyFormat.hash(key));
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

    private boolean opens(String key) {
        int status = Api.at(base).as(key).get(user.path("/documents")).status();
        assertThat(status).isIn(200, 401);
        return status == 200;
    }
}
