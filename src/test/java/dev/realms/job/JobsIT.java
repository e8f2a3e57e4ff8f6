package dev.realms.job;

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
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs over HTTP. */
@Tag("any-server")
@OnDatabase(DatabaseState.FINALIZED)
class JobsIT {

    private final URI base = TestServer.base();

    private TestUser user;

    private String document;

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
        document = user.make("documents", "{\"name\": \"a.pdf\", \"type\": \"application/pdf\"}");
    }

    @Test
    void makesAJobThatRemembersItsDocument() {
        var answer = user.api().post(user.path("/jobs"), job(""));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(masked(answer.value())).isEqualTo(Json.of("""
                {
                  "id": "<id>",
                  "documentId": "<id>",
                  "documentName": "a.pdf",
                  "documentType": "application/pdf",
                  "startDate": "<time>",
                  "endDate": null,
                  "status": "PENDING",
                  "percentage": 0,
                  "summary": "",
                  "createdAt": "<time>",
                  "updatedAt": "<time>",
                  "userId": "<id>",
                  "realmId": "<id>"
                }"""));
    }

    @Test
    void endsOnceAndForAll() {
        String path = user.path("/jobs/") + user.make("jobs", job(""));

        var worked = user.api().patch(path, "{\"status\": \"PROCESSING\", \"percentage\": 40}");
        var finished = user.api().patch(path, "{\"status\": \"FINISHED\", \"summary\": \"12 chunks\"}");
        var repeated = user.api().patch(path, "{\"status\": \"FINISHED\"}");
        var changed = user.api().patch(path, "{\"summary\": \"13 chunks\"}");
        var cancelled = user.api().patch(path, "{\"status\": \"CANCELLED\"}");

        assertThat(worked.json().getInt("percentage")).isEqualTo(40);
        assertThat(finished.json().getInt("percentage")).isEqualTo(100);
        assertThat(Instant.parse(finished.json().getString("endDate")))
                .isAfterOrEqualTo(Instant.parse(finished.json().getString("startDate")));
        assertThat(repeated.value()).isEqualTo(finished.value());
        assertThat(changed.status()).isEqualTo(409);
        assertThat(changed.json().getString("detail")).isEqualTo("A job that has ended does not change any more.");
        assertThat(cancelled.status()).isEqualTo(409);
        assertThat(cancelled.json().getString("code")).isEqualTo("wrong-state");
    }

    @Test
    void endsNotBeforeItStarts() {
        var answer = user.api()
                .post(
                        user.path("/jobs"),
                        job(", \"startDate\": \"2026-01-02T00:00:00Z\", \"endDate\": \"2026-01-01T00:00:00Z\""));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).isEqualTo("endDate must not be before startDate.");
    }

    @Test
    void filtersByDocumentAndStatus() {
        String other = user.make("documents", "{\"name\": \"b.pdf\", \"type\": \"application/pdf\"}");
        String first = user.make("jobs", job(""));
        String second = user.make("jobs", job(", \"status\": \"FAILED\"").replace(document, other));

        assertThat(ids("?documentId=" + document)).isEqualTo(first);
        assertThat(ids("?status=FAILED")).isEqualTo(second);
        assertThat(ids("?status=FAILED&documentId=" + document)).isEmpty();
        assertThat(ids("")).isEqualTo(second + " " + first);
        assertThat(user.api().get(user.path("/jobs?status=failed")).status()).isEqualTo(400);
    }

    @Test
    void goesWithItsDocument() {
        String id = user.make("jobs", job(""));

        user.api().delete(user.path("/documents/" + document));

        assertThat(user.api().get(user.path("/jobs/" + id)).status()).isEqualTo(404);
    }

    @Test
    void knowsNoDocumentOfAnotherRealm() {
        TestUser neighbour = TestUser.signIn(base);
        String foreign = neighbour.make("documents", "{\"name\": \"a\", \"type\": \"t\"}");

        var ofNeighbour = user.api().post(user.path("/jobs"), job("").replace(document, foreign));
        var ofNobody = user.api()
                .post(
                        user.path("/jobs"),
                        job("").replace(document, UUID.randomUUID().toString()));

        assertThat(ofNeighbour.status()).isEqualTo(400);
        assertThat(ofNeighbour.json().getString("detail")).isEqualTo("documentId names no document of this realm.");
        assertThat(ofNeighbour.body()).isEqualTo(ofNobody.body());
    }

    private String ids(String query) {
        var items = user.api().get(user.path("/jobs" + query)).json().getJsonArray("items");
        return items.stream().map(item -> item.asJsonObject().getString("id")).collect(Collectors.joining(" "));
    }

    private String job(String more) {
        return "{\"documentId\": \"%s\"%s}".formatted(document, more);
    }
}
