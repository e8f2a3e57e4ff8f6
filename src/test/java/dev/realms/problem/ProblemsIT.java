package dev.realms.problem;

import static dev.realms.testing.Json.masked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.Json;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestUser;
import dev.realms.testing.Wars;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request, the answer is a problem that says so. */
@ExtendWith(ArquillianExtension.class)
class ProblemsIT {

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

    @Test
    void textThatCannotBeStored() {
        problem(
                user.api().post(user.path("/documents"), "{\"name\": \"a\\u0000\", \"type\": \"t\"}"),
                400,
                "validation");
        problem(
                user.api().post(user.path("/documents"), "{\"name\": \"\\ud800\", \"type\": \"t\"}"),
                400,
                "validation");
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
