package dev.realms.server;

import static dev.realms.testing.Json.masked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.DatabaseState;
import dev.realms.testing.Json;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers over HTTP. */
@Tag("any-server")
@OnDatabase(DatabaseState.FINALIZED)
class ServersIT {

    private static final String QDRANT = """
            {"name": "vectors", "type": "QDRANT", "host": "db.example.com", "port": 6333, "username": "svc", "password": "s3cret-of-db"}""";

    private final URI base = TestServer.base();

    private TestUser user;

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
    }

    @Test
    void makesAServer() {
        var answer = user.api().post(user.path("/servers"), QDRANT);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location").orElseThrow())
                .isEqualTo(user.path("/servers/") + answer.json().getString("id"));
        assertThat(masked(answer.value())).isEqualTo(Json.of("""
                {
                  "id": "<id>",
                  "name": "vectors",
                  "type": "QDRANT",
                  "host": "db.example.com",
                  "port": 6333,
                  "username": "svc",
                  "hasPassword": true,
                  "hasApiKey": false,
                  "database": null,
                  "collection": null,
                  "isActive": false,
                  "lastConnected": null,
                  "createdAt": "<time>",
                  "updatedAt": "<time>",
                  "userId": "<id>",
                  "realmId": "<id>"
                }"""));
    }

    @Test
    void keepsCredentialsSealedAndToItself() {
        String id = user.make("servers", QDRANT);

        assertThat(TestDatabase.query("SELECT password FROM database_servers WHERE id = '" + id + "'"))
                .startsWith("realms:v1:")
                .doesNotContain("s3cret-of-db");
        assertThat(user.api().get(user.path("/servers/" + id)).body()).doesNotContain("s3cret-of-db", "realms:v1");
    }

    @Test
    void keepsACredentialThatAnUpdateLeavesOut() {
        String id = user.make("servers", QDRANT);
        String sealed = TestDatabase.query("SELECT password FROM database_servers WHERE id = '" + id + "'");

        var put = user.api().put(user.path("/servers/" + id), """
                        {"name": "renamed", "type": "NEO4J", "host": "h", "port": 1, "apiKey": "k"}""");
        var patch = user.api().patch(user.path("/servers/" + id), "{\"apiKey\": null, \"isActive\": true}");

        assertThat(put.json().getBoolean("hasPassword")).isTrue();
        assertThat(put.json().getBoolean("hasApiKey")).isTrue();
        assertThat(put.json().isNull("username")).isTrue();
        assertThat(patch.json().getBoolean("hasPassword")).isTrue();
        assertThat(patch.json().getBoolean("hasApiKey")).isFalse();
        assertThat(patch.json().getBoolean("isActive")).isTrue();
        assertThat(patch.json().getString("name")).isEqualTo("renamed");
        assertThat(TestDatabase.query("SELECT password FROM database_servers WHERE id = '" + id + "'"))
                .isEqualTo(sealed);
    }

    @Test
    void leavesACredentialFromBeforeRealmsUntilItIsChanged() {
        String id = user.make("servers", QDRANT);
        TestDatabase.asOwner("UPDATE database_servers SET password = 'plain' WHERE id = '" + id + "'");

        var patched = user.api().patch(user.path("/servers/" + id), "{\"port\": 1}");

        assertThat(patched.json().getBoolean("hasPassword")).isTrue();
        assertThat(TestDatabase.query("SELECT password FROM database_servers WHERE id = '" + id + "'"))
                .isEqualTo("plain");
    }

    @Test
    void refusesToEmptyWhatCannotBeEmpty() {
        String path = user.path("/servers/") + user.make("servers", QDRANT);

        var answer = user.api().patch(path, "{\"isActive\": null, \"host\": null, \"username\": null}");
        var active = user.api().patch(path, "{\"isActive\": null}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(active.json().getString("detail")).isEqualTo("isActive must not be null.");
    }

    @Test
    void saysThatNothingHasChanged() {
        String path = user.path("/servers/") + user.make("servers", QDRANT);
        String tag = user.api().get(path).header("ETag").orElseThrow();

        assertThat(user.api().with("If-None-Match", tag).get(path).status()).isEqualTo(304);
    }

    @Test
    void refusesAStaleUpdate() {
        String id = user.make("servers", QDRANT);
        var read = user.api().get(user.path("/servers/" + id));
        String tag = read.header("ETag").orElseThrow();

        var first = user.api().with("If-Match", tag).patch(user.path("/servers/" + id), "{\"port\": 1}");
        var second = user.api().with("If-Match", tag).patch(user.path("/servers/" + id), "{\"port\": 2}");
        var third = user.api().with("If-Match", tag).delete(user.path("/servers/" + id));

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(412);
        assertThat(third.status()).isEqualTo(412);
        assertThat(user.api()
                        .with("If-Match", first.header("ETag").orElseThrow())
                        .delete(user.path("/servers/" + id))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void pagesFromNewestToOldest() {
        for (int i = 1; i <= 5; i++) {
            user.make("servers", QDRANT.replace("vectors", "server " + i));
        }

        var first = user.api().get(user.path("/servers?limit=3"));
        String cursor = first.json().getString("nextCursor");
        var second = user.api().get(user.path("/servers?limit=3&cursor=" + cursor));

        assertThat(first.json().getJsonArray("items")).hasSize(3);
        assertThat(first.header("Link").orElseThrow())
                .startsWith("<" + user.path("/servers?"))
                .contains("cursor=" + cursor)
                .endsWith(">; rel=\"next\"");
        assertThat(second.json().getJsonArray("items")).hasSize(2);
        assertThat(second.json().isNull("nextCursor")).isTrue();
        assertThat(second.json().getJsonArray("items").getJsonObject(1).getString("name"))
                .isEqualTo("server 1");
    }

    @Test
    void reportsAllThatIsWrongAtOnce() {
        var answer = user.api().post(user.path("/servers"), """
                {"name": " ", "type": "QDRANT", "host": "h", "port": 65536, "userId": "x"}""");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(masked(answer.value())).isEqualTo(Json.of("""
                {
                  "type": "urn:realms:problem:validation",
                  "title": "The request is not valid",
                  "status": 400,
                  "detail": "userId is not a field that can be set.",
                  "instance": "/api/realms/<id>/servers",
                  "code": "validation",
                  "errors": [{"field": "userId", "message": "is not a field that can be set"}]
                }"""));
    }
}
