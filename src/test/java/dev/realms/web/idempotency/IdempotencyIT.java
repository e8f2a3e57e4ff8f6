package dev.realms.web.idempotency;

import static dev.realms.testing.Json.masked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.Json;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import dev.realms.testing.Wire;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of a POST that is sent again. */
@Tag("any-server")
@OnDatabase(DatabaseState.FINALIZED)
class IdempotencyIT {

    private static final String DOCUMENT = "{\"name\": \"a\", \"type\": \"t\"}";

    private final URI base = TestServer.base();

    private TestUser user;
    private String key;

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
        key = UUID.randomUUID().toString();
    }

    @Test
    void givesTheFirstAnswerAgain() {
        var first = post("/documents", DOCUMENT);
        var again = post("/documents", "{ \"type\":\"t\",\n \"name\":\"a\" }");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        for (String header : List.of("Location", "ETag", "Content-Type", "Cache-Control")) {
            assertThat(again.header(header))
                    .as(header)
                    .isEqualTo(first.header(header))
                    .isPresent();
        }
        assertThat(rowsIn("documents")).isEqualTo(1);
    }

    @Test
    void refusesAnotherBodyUnderTheSameKey() {
        post("/documents", DOCUMENT);

        var other = post("/documents", "{\"name\": \"b\", \"type\": \"t\"}");

        assertThat(other.status()).isEqualTo(422);
        assertThat(masked(other.value())).isEqualTo(Json.of("""
                {
                  "type": "urn:realms:problem:idempotency-key-reused",
                  "title": "The idempotency key was used for another request",
                  "status": 422,
                  "detail": "This Idempotency-Key came with another request before.",
                  "instance": "/api/realms/<id>/documents",
                  "code": "idempotency-key-reused"
                }"""));
        assertThat(rowsIn("documents")).isEqualTo(1);
    }

    @Test
    void actsOnceForManyAtOnce() {
        List<Api.Answer> answers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> post("/documents", DOCUMENT))
                .toList();

        assertThat(answers).extracting(Api.Answer::status).containsOnly(201);
        assertThat(answers)
                .extracting(Api.Answer::body)
                .containsOnly(answers.get(0).body());
        assertThat(rowsIn("documents")).isEqualTo(1);
    }

    @Test
    void remembersNothingOfAFailure() {
        String server = user.make("servers", "{\"name\": \"s\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1}");
        String body = "{\"name\": \"taken\", \"serverId\": \"%s\"}".formatted(server);
        String first = user.make("databases", body);

        assertThat(post("/databases", body).status()).isEqualTo(409);
        user.api().delete(user.path("/databases/" + first));

        assertThat(post("/databases", body).status()).isEqualTo(201);
    }

    @Test
    void belongsToItsUserAndPath() {
        String other = "/api/realms/" + user.makeRealm("Other");
        TestUser neighbour = TestUser.signIn(base);
        var mine = post("/documents", DOCUMENT);

        var elsewhere = user.api().with("Idempotency-Key", key).post(other + "/documents", DOCUMENT);
        var theirs = neighbour.api().with("Idempotency-Key", key).post(neighbour.path("/documents"), DOCUMENT);
        var intruding = neighbour.api().with("Idempotency-Key", key).post(user.path("/documents"), DOCUMENT);

        assertThat(elsewhere.status()).isEqualTo(201);
        assertThat(theirs.status()).isEqualTo(201);
        assertThat(List.of(mine, elsewhere, theirs))
                .extracting(answer -> answer.json().getString("id"))
                .doesNotHaveDuplicates();
        assertThat(intruding.status()).isEqualTo(404);
    }

    /** Percent-encoding, capitals, matrix parameters, queries, slashes: it is the same collection of the same realm. */
    @Test
    void knowsARequestInEverySpelling() {
        String id = user.realmId();
        var first = post("/documents", DOCUMENT);
        List<String> spellings = List.of(
                "/api/realms/" + id.toUpperCase(Locale.ROOT) + "/documents",
                "/api/realms/" + id + "/%64ocuments",
                "/api/realms/%" + Integer.toHexString(id.charAt(0)) + id.substring(1) + "/documents",
                "/api/realms/" + id + "/documents/",
                "/api/realms/" + id + "/documents;a=b",
                "/api/realms;x=y/" + id + ";z/documents",
                "/api/realms/" + id + "/documents?x=y");

        for (String spelling : spellings) {
            var again = user.api().with("Idempotency-Key", key).post(spelling, DOCUMENT);
            assertThat(again.status()).as("%s: %s", spelling, again).isIn(201, 400, 404);
            if (again.status() == 201) {
                assertThat(again.body()).as(spelling).isEqualTo(first.body());
            }
        }
        assertThat(rowsIn("documents")).isEqualTo(1);
    }

    @Test
    void takesARequestUnderALongPath() {
        String path = user.path("/documents;x=" + "y".repeat(5_000));

        var first = user.api().with("Idempotency-Key", "k".repeat(255)).post(path, DOCUMENT);
        var again = user.api().with("Idempotency-Key", "k".repeat(255)).post(path, DOCUMENT);

        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(TestDatabase.query("SELECT path FROM idempotent_requests WHERE key = '" + "k".repeat(255)
                        + "' AND user_id = '" + user.id() + "'"))
                .isEqualTo("POST " + user.path("/documents").substring("/api".length()));
    }

    /** One key for acts on two rows, and for two acts on one row. */
    @Test
    void tellsRowsAndActsApart() {
        String one = user.makeRealm("One");
        String two = user.makeRealm("Two");
        for (String realm : List.of(one, two)) {
            assertThat(user.api().delete("/api/realms/" + realm).status()).isEqualTo(204);
        }
        Api api = user.api().with("Idempotency-Key", key);

        var first = api.post("/api/realms/" + one + "/restore");
        var second = api.post("/api/realms/" + two + "/restore");
        var switched = api.post("/api/realms/switch", "{\"realmId\": \"%s\"}".formatted(two));

        assertThat(List.of(first.status(), second.status(), switched.status())).containsOnly(200);
        assertThat(first.json().getString("id")).isEqualTo(one);
        assertThat(second.json().getString("id")).isEqualTo(two);
    }

    @Test
    void showsANewKeyAgainAndKeepsItSealed() {
        var first = post("/api-keys", "{\"name\": \"ci\"}");
        var again = post("/api-keys", "{\"name\": \"ci\"}");

        String shown = first.json().getString("key");
        assertThat(again.body()).isEqualTo(first.body()).contains(shown);
        assertThat(TestDatabase.query("SELECT body FROM idempotent_requests WHERE key = '" + key + "'"))
                .startsWith("realms:v1:")
                .doesNotContain(shown);
    }

    @Test
    void alsoMakesRealmsOnce() {
        Api api = user.api().with("Idempotency-Key", key);

        var first = api.post("/api/realms", "{\"name\": \"Once\"}");
        var again = api.post("/api/realms", "{\"name\": \"Once\"}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void forgetsAfterADay() {
        var first = post("/documents", DOCUMENT);
        TestDatabase.asOwner("UPDATE idempotent_requests SET created_at = created_at - interval '24 hours'");

        var nextDay = post("/documents", DOCUMENT);

        assertThat(nextDay.status()).isEqualTo(201);
        assertThat(nextDay.json().getString("id")).isNotEqualTo(first.json().getString("id"));
        assertThat(TestDatabase.query(
                        "SELECT count(*) FROM idempotent_requests WHERE created_at < now() - interval '23 hours'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words"})
    void refusesAKeyThatIsNotVisibleAscii(String wrong) {
        var answer = user.api().with("Idempotency-Key", wrong).post(user.path("/documents"), DOCUMENT);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail"))
                .isEqualTo("Idempotency-Key must be 1 to 255 visible ASCII characters.");
    }

    @Test
    void refusesAKeyInAnotherScript() {
        var answer = Wire.at(base)
                .send(
                        """
                POST %s HTTP/1.1
                Host: localhost
                Authorization: Bearer %s
                Content-Type: application/json
                Content-Length: %s
                Idempotency-Key: schlüssel""".formatted(user.path("/documents"), user.token(), DOCUMENT.length()),
                        out -> out.write(DOCUMENT.getBytes(StandardCharsets.US_ASCII)));

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        var longest = user.api().with("Idempotency-Key", "k".repeat(255)).post(user.path("/documents"), DOCUMENT);
        var longer = user.api().with("Idempotency-Key", "k".repeat(256)).post(user.path("/documents"), DOCUMENT);

        assertThat(longest.status()).isEqualTo(201);
        assertThat(longer.status()).isEqualTo(400);
    }

    private Api.Answer post(String collection, String body) {
        return user.api().with("Idempotency-Key", key).post(user.path(collection), body);
    }

    private int rowsIn(String collection) {
        return user.api()
                .get(user.path("/" + collection))
                .json()
                .getJsonArray("items")
                .size();
    }
}
