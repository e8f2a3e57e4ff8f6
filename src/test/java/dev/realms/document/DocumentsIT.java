package dev.realms.document;

import static dev.realms.testing.Json.masked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.Json;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Documents over HTTP. */
@Tag("any-server")
@OnDatabase(DatabaseState.FINALIZED)
class DocumentsIT {

    private final URI base = TestServer.base();

    private TestUser user;

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
    }

    /** It may have been there before realms were. */
    @Test
    void aNameThatNobodyMayGiveStaysUntilItIsChanged() {
        String id = user.make("documents", "{\"name\": \"a\", \"type\": \"t\"}");
        TestDatabase.asOwner("UPDATE documents SET name = chr(8203) WHERE id = '" + id + "'");
        String path = user.path("/documents/" + id);

        assertThat(user.api().patch(path, "{\"chunks\": 2}").status()).isEqualTo(200);
        assertThat(user.api().patch(path, "{\"name\": \"\\u200b\"}").status()).isEqualTo(400);
    }

    @Test
    void takesADocumentIn() {
        var answer = user.api().post(user.path("/documents"), """
                {"name": "Übersicht 数据.pdf", "type": "application/pdf", "quality": 0.75}""");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(masked(answer.value())).isEqualTo(Json.of("""
                {
                  "id": "<id>",
                  "name": "Übersicht 数据.pdf",
                  "type": "application/pdf",
                  "state": "PENDING",
                  "version": 1,
                  "chunks": 0,
                  "quality": 0.75,
                  "uploadDate": "<time>",
                  "databaseId": null,
                  "createdAt": "<time>",
                  "updatedAt": "<time>",
                  "userId": "<id>",
                  "realmId": "<id>"
                }"""));
    }

    @Test
    void neverGoesBack() {
        String id = user.make("documents", "{\"name\": \"a\", \"type\": \"t\"}");

        var forward = user.api().patch(user.path("/documents/" + id), "{\"state\": \"INGESTED\"}");
        var back = user.api().patch(user.path("/documents/" + id), "{\"state\": \"INGESTING\"}");

        assertThat(forward.json().getString("state")).isEqualTo("INGESTED");
        assertThat(back.status()).isEqualTo(409);
        assertThat(masked(back.value())).isEqualTo(Json.of("""
                {
                  "type": "urn:realms:problem:wrong-state",
                  "title": "The state does not allow this",
                  "status": 409,
                  "detail": "A document does not go back from INGESTED to INGESTING.",
                  "instance": "/api/realms/<id>/documents/<id>",
                  "code": "wrong-state"
                }"""));
    }

    @Test
    void filtersByDatabaseStateAndType() {
        String server = user.make("servers", "{\"name\": \"s\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1}");
        String database = user.make("databases", "{\"name\": \"d\", \"serverId\": \"%s\"}".formatted(server));
        user.make("documents", "{\"name\": \"1\", \"type\": \"a\", \"databaseId\": \"%s\"}".formatted(database));
        user.make("documents", "{\"name\": \"2\", \"type\": \"a\", \"state\": \"INGESTED\"}");
        user.make("documents", "{\"name\": \"3\", \"type\": \"b\", \"state\": \"INGESTED\"}");

        assertThat(names("?databaseId=" + database)).isEqualTo("1");
        assertThat(names("?state=INGESTED")).isEqualTo("3 2");
        assertThat(names("?type=a")).isEqualTo("2 1");
        assertThat(names("?type=a&state=INGESTED")).isEqualTo("2");
        assertThat(names("?type=c")).isEmpty();
        assertThat(names("")).isEqualTo("3 2 1");
    }

    @Test
    void pagesThroughWhatAFilterLeaves() {
        for (int i = 1; i <= 5; i++) {
            user.make("documents", "{\"name\": \"%d\", \"type\": \"%s\"}".formatted(i, i % 2 == 1 ? "odd" : "even"));
        }

        var first = user.api().get(user.path("/documents?type=odd&limit=2"));
        var next = first.header("Link").orElseThrow().replaceFirst("^<(.*)>.*", "$1");
        var second = user.api()
                .get(URI.create(next).getRawPath() + "?" + URI.create(next).getRawQuery());

        assertThat(first.json().getJsonArray("items")).hasSize(2);
        assertThat(second.json().getJsonArray("items")).hasSize(1);
        assertThat(second.json().getJsonArray("items").getJsonObject(0).getString("name"))
                .isEqualTo("1");
    }

    @Test
    void takesNoCursorOfAnotherList() {
        String other = user.makeRealm("Other");
        user.make("documents", "{\"name\": \"1\", \"type\": \"t\"}");
        user.make("documents", "{\"name\": \"2\", \"type\": \"t\"}");
        String cursor = user.api().get(user.path("/documents?limit=1")).json().getString("nextCursor");

        for (String path : new String[] {"/api/realms/" + other + "/documents", user.path("/jobs")}) {
            var answer = user.api().get(path + "?cursor=" + cursor);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().getString("detail")).isEqualTo("cursor is not a cursor of this list.");
        }
    }

    @Test
    void refusesWhatIsOutOfBounds() {
        var answer = user.api().post(user.path("/documents"), """
                {"name": "%s", "type": "", "version": 0, "chunks": -1, "quality": 1.01}""".formatted("x".repeat(1001)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonArray("errors")).isEqualTo(Json.of("""
                [
                  {"field": "chunks", "message": "must be greater than or equal to 0"},
                  {"field": "name", "message": "must have at most 1000 characters"},
                  {"field": "quality", "message": "must be less than or equal to 1"},
                  {"field": "type", "message": "must not be blank"},
                  {"field": "version", "message": "must be greater than or equal to 1"}
                ]"""));
    }

    @Test
    void refusesWrongTypesAndNames() {
        var answer = user.api().post(user.path("/documents"), """
                {"name": 1, "type": "t", "state": "LOST", "version": "1", "quality": "high", "uploadDate": "today", "databaseId": 7}""");
        var filter = user.api().get(user.path("/documents?state=LOST"));

        assertThat(answer.json().getJsonArray("errors")).isEqualTo(Json.of("""
                [
                  {"field": "name", "message": "must be a string"},
                  {"field": "state", "message": "must be one of PENDING, INGESTING, INGESTED, DEPRECATED, DELETED"},
                  {"field": "version", "message": "must be a whole number"},
                  {"field": "quality", "message": "must be a number"},
                  {"field": "uploadDate", "message": "must be an instant like 2026-01-31T12:00:00Z"},
                  {"field": "databaseId", "message": "must be a string"}
                ]"""));
        assertThat(filter.status()).isEqualTo(400);
        assertThat(filter.json().getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo("state");
    }

    private String names(String query) {
        var items = user.api().get(user.path("/documents" + query)).json().getJsonArray("items");
        return items.stream().map(item -> item.asJsonObject().getString("name")).collect(Collectors.joining(" "));
    }

    @Test
    void compressesLongListsForWhoeverAsksForIt() throws IOException {
        TestUser reader = withDocuments(20);
        String list = reader.path("/documents");
        String plain = reader.api().get(list).body();

        var compressed = reader.api().with("Accept-Encoding", "br, gzip;q=0.8").bytes(list);

        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(compressed.headers().firstValue("Vary")).contains("Accept-Encoding");
        assertThat(compressed.body()).hasSizeLessThan(plain.length() / 4);
        try (var text = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain);
        }
    }

    @Test
    void compressesNothingElse() {
        TestUser reader = withDocuments(20);
        String server = reader.make("servers", """
                {"name": "s", "type": "QDRANT", "host": "localhost", "port": 6333}""");
        String database = reader.make("databases", """
                {"name": "d", "serverId": "%s", "description": "%s"}""".formatted(server, "a".repeat(6_000)));
        Api willing = reader.api().with("Accept-Encoding", "gzip");

        assertThat(assertPlain(willing.bytes(reader.path("/databases/" + database))))
                .hasSizeGreaterThan(6_000);
        assertPlain(willing.bytes(reader.path("/documents?limit=2")));
        assertPlain(reader.api().with("Accept-Encoding", "gzip;q=0").bytes(reader.path("/documents")));
        assertPlain(reader.api().bytes(reader.path("/documents")));
    }

    private TestUser withDocuments(int number) {
        TestUser reader = TestUser.signIn(base);
        for (int i = 0; i < number; i++) {
            reader.make("documents", """
                    {"name": "Übersicht 数据.pdf", "type": "application/pdf"}""");
        }
        return reader;
    }

    private static String assertPlain(HttpResponse<byte[]> answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(text).startsWith("{").endsWith("}");
        return text;
    }
}
