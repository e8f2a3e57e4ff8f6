package dev.realms.database;

import static dev.realms.testing.Json.masked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.DatabaseState;
import dev.realms.testing.Json;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Databases over HTTP. */
@Tag("any-server")
@OnDatabase(DatabaseState.FINALIZED)
class DatabasesIT {

    private static final String CHROMA = """
            {"name": "s", "type": "CHROMA", "host": "h", "port": 8000}""";

    private final URI base = TestServer.base();

    private TestUser user;
    private String server;

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
        server = user.make("servers", CHROMA);
    }

    @Test
    void makesADatabase() {
        var answer = user.api().post(user.path("/databases"), database("papers", server));
        var read = user.api().get(user.path("/databases/" + answer.json().getString("id")));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(masked(answer.value())).isEqualTo(Json.of("""
                {
                  "id": "<id>",
                  "name": "papers",
                  "description": "",
                  "documentCount": 0,
                  "lastUpdated": "<time>",
                  "serverId": "<id>",
                  "createdAt": "<time>",
                  "updatedAt": "<time>",
                  "userId": "<id>",
                  "realmId": "<id>"
                }"""));
        assertThat(read.value()).isEqualTo(answer.value());
        assertThat(read.header("ETag")).isEqualTo(answer.header("ETag")).isPresent();
    }

    @Test
    void hasOneDatabaseOfANameInARealm() {
        String other = "/api/realms/" + user.makeRealm("Other");
        String otherServer = user.api().post(other + "/servers", CHROMA).json().getString("id");
        user.make("databases", database("papers", server));

        var again = user.api().post(user.path("/databases"), database("papers", server));
        var elsewhere = user.api().post(other + "/databases", database("papers", otherServer));

        assertThat(elsewhere.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(409);
        assertThat(masked(again.value())).isEqualTo(Json.of("""
                {
                  "type": "urn:realms:problem:name-taken",
                  "title": "The name is taken",
                  "status": 409,
                  "detail": "Another database has this name.",
                  "instance": "/api/realms/<id>/databases",
                  "code": "name-taken"
                }"""));
    }

    @Test
    void knowsNoServerOfAnotherRealm() {
        String foreign = TestUser.signIn(base).make("servers", CHROMA);
        String mine = user.make("databases", database("mine", server));

        var ofNeighbour = user.api().post(user.path("/databases"), database("a", foreign));
        var ofNobody = user.api()
                .post(user.path("/databases"), database("a", UUID.randomUUID().toString()));
        var moved = user.api().patch(user.path("/databases/" + mine), "{\"serverId\": \"%s\"}".formatted(foreign));

        assertThat(moved.status()).isEqualTo(400);
        assertThat(ofNeighbour.status()).isEqualTo(400);
        assertThat(ofNeighbour.body()).isEqualTo(ofNobody.body());
        assertThat(masked(ofNobody.value())).isEqualTo(Json.of("""
                {
                  "type": "urn:realms:problem:validation",
                  "title": "The request is not valid",
                  "status": 400,
                  "detail": "serverId names no server of this realm.",
                  "instance": "/api/realms/<id>/databases",
                  "code": "validation",
                  "errors": [{"field": "serverId", "message": "names no server of this realm"}]
                }"""));
    }

    @Test
    void listsTheDatabasesOfAServer() {
        String other = user.make("servers", CHROMA);
        user.make("databases", database("here", server));
        String there = user.make("databases", database("there", other));

        var filtered = user.api().get(user.path("/databases?serverId=" + other));
        var none = user.api().get(user.path("/databases?serverId=" + UUID.randomUUID()));
        var wrong = user.api().get(user.path("/databases?serverId=a.b"));

        assertThat(filtered.json().getJsonArray("items")).hasSize(1);
        assertThat(filtered.json().getJsonArray("items").getJsonObject(0).getString("id"))
                .isEqualTo(there);
        assertThat(none.body()).isEqualTo("{\"items\":[],\"nextCursor\":null}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().getJsonArray("errors")).isEqualTo(Json.of("""
                [{"field": "serverId", "message": "must be an id"}]"""));
    }

    @Test
    void saysWhenItWasLastUpdated() {
        String path = user.path("/databases/") + user.make("databases", database("papers", server));
        var before = user.api().get(path).json();

        var after = user.api().patch(path, "{\"description\": \"All we read\"}").json();

        assertThat(after.getString("description")).isEqualTo("All we read");
        assertThat(Instant.parse(after.getString("lastUpdated")))
                .isAfter(Instant.parse(before.getString("lastUpdated")));
        assertThat(after.getString("createdAt")).isEqualTo(before.getString("createdAt"));
    }

    @Test
    void countsItsDocumentsWhateverHappensAtOnce() {
        String first = user.make("databases", database("first", server));
        String second = user.make("databases", database("second", server));

        IntStream.range(0, 24).parallel().forEach(i -> {
            String id = user.make("documents", """
                    {"name": "%d.pdf", "type": "application/pdf", "databaseId": "%s"}""".formatted(i, first));
            if (i % 3 == 1) {
                user.api().delete(user.path("/documents/" + id));
            } else if (i % 3 == 2) {
                user.api().patch(user.path("/documents/" + id), "{\"databaseId\": \"%s\"}".formatted(second));
            }
        });

        assertThat(documentCount(first)).isEqualTo(8);
        assertThat(documentCount(second)).isEqualTo(8);
    }

    @Test
    void goesWithItsServerAndLeavesItsDocuments() {
        String id = user.make("databases", database("papers", server));
        String document =
                user.make("documents", "{\"name\": \"a\", \"type\": \"t\", \"databaseId\": \"%s\"}".formatted(id));

        assertThat(user.api().delete(user.path("/servers/" + server)).status()).isEqualTo(204);

        assertThat(user.api().get(user.path("/databases/" + id)).status()).isEqualTo(404);
        assertThat(user.api().get(user.path("/documents/" + document)).json().isNull("databaseId"))
                .isTrue();
    }

    private int documentCount(String id) {
        return user.api().get(user.path("/databases/" + id)).json().getInt("documentCount");
    }

    private static String database(String name, String server) {
        return "{\"name\": \"%s\", \"serverId\": \"%s\"}".formatted(name, server);
    }
}
