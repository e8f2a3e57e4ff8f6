package dev.realms.web.problem;

import static dev.realms.testing.Json.masked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.Json;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request, the answer is a problem that says so. */
@OnDatabase(DatabaseState.FINALIZED)
class ProblemsIT {

    private final URI base = TestServer.base();

    private TestUser user;

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "[]", "1", "\"text\"", "null", "{\"name\": \"a\",}", "{\"name\": 'a'}", "{} {}", "[[[["})
    void wrongJson(String body) {
        problem(user.api().post(user.path("/documents"), body), 400, "validation");
    }

    @Test
    void jsonThatIsNestedTooDeeply() {
        String deep = "{\"name\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}";

        problem(user.api().post(user.path("/documents"), deep), 400, "validation");
    }

    @Test
    void noBody() {
        var answer = user.api().post(user.path("/servers"));

        problem(answer, 400, "validation");
        assertThat(answer.json().getJsonArray("errors")).isEqualTo(Json.of("""
                [
                  {"field": "host", "message": "must not be blank"},
                  {"field": "name", "message": "must not be blank"},
                  {"field": "port", "message": "must not be null"},
                  {"field": "type", "message": "must not be null"}
                ]"""));
        problem(user.api().put(user.path("/servers/" + user.realmId()), null), 400, "validation");
    }

    @Test
    void aBodyThatIsTooLarge() {
        String large = "{\"name\": \"" + "x".repeat(1 << 20) + "\"}";

        problem(user.api().post(user.path("/documents"), large), 413, "too-large");
    }

    @Test
    void aWrongContentType() {
        var answer = user.api().with("Content-Type", "text/plain").post(user.path("/documents"), "{}");

        problem(answer, 415, "unsupported-media-type");
    }

    @Test
    void nothingTheCallerAccepts() {
        problem(user.api().with("Accept", "text/html").get(user.path("/documents")), 406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/nothing", "/api/realms/here/nothing", "/api", "/nothing"})
    void anUnknownPath(String path) {
        problem(user.api().get(path), 404, null);
    }

    @Test
    void aWrongMethod() {
        var answer = user.api().patch("/api/realms", "{}");

        problem(answer, 405, "method-not-allowed");
        assertThat(answer.header("Allow").orElseThrow()).contains("GET", "POST");
        problem(user.api().delete(user.path("/documents")), 405, "method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=many", "limit=", "cursor=x", "cursor=", "cursor=%F0%9F"})
    void aWrongPage(String query) {
        problem(user.api().get(user.path("/documents?" + query)), 400, "validation");
    }

    @Test
    void anUnknownRow() {
        var answer = user.api().get(user.path("/documents/" + user.realmId()));

        assertThat(masked(answer.value())).isEqualTo(Json.of("""
                {
                  "type": "urn:realms:problem:not-found",
                  "title": "There is no such resource",
                  "status": 404,
                  "detail": "There is no such resource.",
                  "instance": "/api/realms/<id>/documents/<id>",
                  "code": "not-found"
                }"""));
        assertThat(user.api().get(user.path("/documents/1")).json().getString("detail"))
                .isEqualTo(answer.json().getString("detail"));
    }

    @ParameterizedTest
    @CsvSource({
        "a\\u0000, the NUL character",
        "\\ud800, half of a surrogate pair",
        "\\ude00\\ud83d, half of a surrogate pair",
        "a\\u001b[31m, control characters but tab and line ends",
        "a\\u0085, control characters but tab and line ends",
        "gpj.\\u202etxt, characters that turn the direction of text",
        "\\u2066a\\u2069, characters that turn the direction of text"
    })
    void textThatBreaksOrDeceives(String name, String what) {
        var answer = user.api().post(user.path("/documents"), "{\"name\": \"%s\", \"type\": \"t\"}".formatted(name));

        problem(answer, 400, "validation");
        assertThat(answer.json().getString("detail")).isEqualTo("name must not contain " + what + ".");
    }

    /** Arabic, a family of four in one sign, a character of no meaning yet. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0645\u0644\u0641", "\ud83d\udc68\u200d\ud83d\udc69", "\uffff"})
    void textOfAnyOtherKind(String name) {
        var answer = user.api().post(user.path("/documents"), "{\"name\": \"%s\", \"type\": \"t\"}".formatted(name));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    /** A name is one line, a text has several. */
    @Test
    void textOfSeveralLines() {
        var answer = user.api().post("/api/realms", "{\"name\": \"Lab\", \"description\": \"a\\tb\\r\\nc\"}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    /** Rows from before the rule can be worked on; only what is new has to keep to it. */
    @Test
    void textThatWasThereBefore() {
        String id = user.make("documents", "{\"name\": \"a\", \"type\": \"t\"}");
        TestDatabase.asOwner("UPDATE documents SET name = U&'gpj.\\202etxt' WHERE id = '" + id + "'");

        var patched = user.api().patch(user.path("/documents/" + id), "{\"quality\": 0.5}");

        assertThat(patched.status()).as(patched.toString()).isEqualTo(200);
        assertThat(patched.json().getString("name")).isEqualTo("gpj.\u202etxt");
        problem(user.api().patch(user.path("/documents/" + id), "{\"name\": \"\\u202e\"}"), 400, "validation");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"a\", \"type\": \"t\", \"name\": \"a\"}",
                "{\"name\": null, \"type\": \"t\", \"na\\u006de\": \"b\"}"
            })
    void aFieldThatIsGivenTwice(String body) {
        var answer = user.api().post(user.path("/documents"), body);

        problem(answer, 400, "validation");
        assertThat(answer.json().getJsonArray("errors"))
                .isEqualTo(Json.of("[{\"field\": \"name\", \"message\": \"is given twice\"}]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "Infinity",
                "1e400",
                "-1e400",
                "1e999999999",
                "1e2147483648",
                "1e-99999999999",
                "2",
                "-0.1",
                "\"1\"",
                "[]",
                "true"
            })
    void aNumberThatIsNone(String quality) {
        String body = "{\"name\": \"a\", \"type\": \"t\", \"quality\": %s}".formatted(quality);

        problem(user.api().post(user.path("/documents"), body), 400, "validation");
    }

    @ParameterizedTest
    @CsvSource({"200, 50", "50000, 1"})
    void manyUnknownFields(int fields, int named) {
        String body = IntStream.range(0, fields)
                .mapToObj(i -> "\"x" + i + "\": 1")
                .collect(Collectors.joining(",", "{", "}"));

        var answer = user.api().post(user.path("/documents"), body);

        problem(answer, 400, "validation");
        assertThat(answer.json().getJsonArray("errors").stream()
                        .filter(error -> error.asJsonObject().getString("field").startsWith("x")))
                .hasSize(named);
        assertThat(answer.body().length()).isLessThan(10_000);
    }

    @Test
    void aFaultOfNoFieldIsOneOfTheWhole() {
        JsonObject problem = user.api().post("/api/realms", "{").json();

        assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEmpty();
        assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("message"))
                .isEqualTo(problem.getString("detail"));
    }

    @Test
    void aMemberOfAMemberThatIsGivenTwice() {
        var answer = user.api().post(user.path("/documents"), """
                {"name": {"a": 1, "a": 2}}""");

        problem(answer, 400, "validation");
        assertThat(answer.body()).contains("name.a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "\"", "W/", "\"a\" \"b\"", "*,*"})
    void aConditionThatIsNone(String condition) {
        for (String header : List.of("If-Match", "If-None-Match")) {
            var answer = user.api().with(header, condition).get("/api/realms/" + user.realmId());

            assertThat(answer.status()).as(answer.toString()).isIn(200, 304, 400);
        }
    }

    private static void problem(Api.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(answer.header("Cache-Control")).hasValue("private, no-store");
        assertThat(answer.json().getInt("status")).isEqualTo(status);
        if (code != null) {
            assertThat(answer.json().getString("code")).isEqualTo(code);
        }
        assertThat(answer.body()).doesNotContain("Exception", "SELECT", "\\tat ");
    }
}
