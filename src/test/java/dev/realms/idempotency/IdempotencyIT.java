package dev.realms.idempotency;

import static dev.realms.testing.Json.masked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.Json;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestUser;
import dev.realms.testing.Wars;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of a POST that is sent again. */
@ExtendWith(ArquillianExtension.class)
class IdempotencyIT {

    private static final String DOCUMENT = "{\"name\": \"a\", \"type\": \"t\"}";

    @ArquillianResource
    private URI base;

    private TestUser user;
    private String key;

    @Deployment(testable = false)
    static WebArchive onAnEmptyDatabase() {
        TestDatabase.resetToEmpty();
        return Wars.realms();
    }

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
    @ValueSource(strings = {"", "two words", "schlüssel"})
    void refusesAKeyThatIsNotVisibleAscii(String wrong) {
        var answer = user.api().with("Idempotency-Key", wrong).post(user.path("/documents"), DOCUMENT);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail"))
                .isEqualTo("Idempotency-Key must be 1 to 255 visible ASCII characters.");
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
