package dev.realms.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.AtOnce;
import dev.realms.testing.Effort;
import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestUser;
import dev.realms.testing.Wire;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The service outlives the largest that many callers may ask of it at once, with the memory that the README gives it. */
class OverloadIT {

    private static final int CALLERS = 64;
    private static final int TIMES = 3 * Effort.TIMES;
    private static final int JOBS = 200;
    private static final String LONGEST_SUMMARY = "😀".repeat(10_000);

    private static Node node;
    private static TestUser user;

    private record Body(String what, String json) {
        @Override
        public String toString() {
            return what;
        }
    }

    @BeforeAll
    static void start() {
        TestDatabase.resetToFinalized();
        node = Node.startAsDelivered("overload").awaitStart();
        user = TestUser.signIn(node.base());
        String server = user.make("servers", """
                {"name": "s", "type": "QDRANT", "host": "localhost", "port": 6333}""");
        String database = user.make("databases", """
                {"name": "d", "serverId": "%s"}""".formatted(server));
        String document = user.make("documents", """
                {"name": "a", "type": "t", "databaseId": "%s"}""".formatted(database));
        String job = """
                {"documentId": "%s", "summary": "%s"}""".formatted(document, LONGEST_SUMMARY);
        // All at once: nothing of what is valid is refused for being too many.
        AtOnce.all(CALLERS, caller -> user.make("jobs", job));
        for (int i = CALLERS; i < JOBS; i++) {
            user.make("jobs", job);
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** Otherwise all of them would have to be held, two hundred times over. */
    @Test
    void aPageOfLongTextsEndsBeforeItsLimitAndLosesNothing() throws IOException {
        List<String> ids = new ArrayList<>();
        int pages = 0;
        for (String cursor = ""; cursor != null; pages++) {
            String path = user.path("/jobs?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            Api.Answer answer = user.api().get(path);
            try (var compressed = new GZIPInputStream(new ByteArrayInputStream(
                    user.api().with("Accept-Encoding", "gzip").bytes(path).body()))) {
                assertThat(new String(compressed.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(answer.body());
            }
            JsonObject page = answer.json();
            page.getJsonArray("items").getValuesAs(JsonObject.class).forEach(job -> {
                assertThat(job.getString("summary")).isEqualTo(LONGEST_SUMMARY);
                ids.add(job.getString("id"));
            });
            cursor = page.isNull("nextCursor") ? null : page.getString("nextCursor");
        }

        assertThat(ids).doesNotHaveDuplicates().hasSize(JOBS);
        assertThat(pages).isBetween(40, 70);
    }

    @Test
    void manyReadTheLongestPages() {
        List<Integer> statuses = AtOnce.all(
                        CALLERS,
                        caller -> Stream.generate(() -> user.api()
                                        .get(user.path("/jobs?limit=200"))
                                        .status())
                                .limit(TIMES)
                                .toList())
                .stream()
                .flatMap(List::stream)
                .toList();

        assertThat(statuses).containsOnly(200);
        assertServes();
    }

    @Test
    void aServerIsDeletedWithMoreThanThereIsMemoryFor() {
        String server = user.make("servers", """
                {"name": "of many databases", "type": "QDRANT", "host": "localhost", "port": 6333}""");
        TestDatabase.asOwner("""
                INSERT INTO databases (name, description, server_id, realm_id, user_id)
                SELECT 'one of many ' || n, repeat('😀', 10000), '%s', '%s', '%s' FROM generate_series(1, 10000) AS n""".formatted(server, user.realmId(), user.id()));

        assertThat(user.api().delete(user.path("/servers/" + server)).status()).isEqualTo(204);
        assertServes();
    }

    @Test
    void aUserHasMoreRealmsThanThereIsMemoryFor() {
        TestUser collector = TestUser.signIn(node.base());
        TestDatabase.asOwner("""
                INSERT INTO realms (name, description, user_id)
                SELECT 'Realm ' || n, repeat('😀', 500), '%s' FROM generate_series(1, 200000) AS n; ANALYZE realms""".formatted(collector.id()));

        List<Integer> listed = AtOnce.all(
                CALLERS, caller -> collector.api().get("/api/realms?limit=200").status());
        int handedOver = collector
                .api()
                .put("/api/realms/" + collector.makeRealm("New") + "/default", null)
                .status();

        assertThat(listed).containsOnly(200);
        JsonObject page = collector.api().get("/api/realms?limit=200").json();
        assertThat(page.getJsonArray("items")).hasSizeBetween(120, 140);
        assertThat(page.isNull("nextCursor")).isFalse();
        assertThat(handedOver).isEqualTo(200);
        assertServes();
    }

    static Stream<Body> bodies() {
        return Stream.of(
                new Body("a long text", "{\"summary\": \"ж" + "x".repeat(1_040_000) + "\"}"),
                new Body("many arrays", "{\"x\": [" + "[],".repeat(345_000) + "[]]}"),
                new Body("deep objects", "{\"x\": [" + "{\"x\":{\"x\":{}}},".repeat(69_000) + "1]}"),
                new Body("many members", many("{\"m%05d\":1", ",\"m%05d\":1", "}")),
                new Body("many members of a member", "{\"answers\": " + many("{\"m%05d\":1", ",\"m%05d\":1", "}}")),
                new Body("many numbers", "{\"x\": [" + "1,".repeat(520_000) + "1]}"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void manySendTheLargestBodies(Body body) {
        byte[] bytes = body.json().getBytes(StandardCharsets.UTF_8);
        assertThat(bytes.length).isBetween(1_000_000, 1 << 20);
        String head = """
                POST %s HTTP/1.1
                Host: localhost
                Connection: close
                Authorization: Bearer %s
                Content-Type: application/json
                Content-Length: %d""".formatted(user.path("/jobs"), user.token(), bytes.length);

        List<Integer> statuses = AtOnce.all(
                        CALLERS,
                        caller -> Stream.generate(() -> Wire.at(node.base())
                                        .send(head, out -> out.write(bytes))
                                        .status())
                                .limit(TIMES)
                                .toList())
                .stream()
                .flatMap(List::stream)
                .toList();

        System.out.println("OVERLOAD " + body + ": "
                + statuses.stream().filter(status -> status == 400).count() + " of " + statuses.size()
                + " were read");
        // Refused for what they are, or for being too many; 0 is a connection that ended before its answer was read.
        assertThat(statuses).isSubsetOf(400, 503, 0);
        assertThat(statuses.stream().filter(status -> status == 400)).hasSizeGreaterThan(CALLERS / 2);
        assertServes();
    }

    private static String many(String first, String next, String end) {
        StringBuilder text = new StringBuilder(first.formatted(0));
        for (int i = 1; text.length() < 1_020_000; i++) {
            text.append(next.formatted(i));
        }
        return text + end;
    }

    private static void assertServes() {
        assertThat(node.isAlive()).isTrue();
        assertThat(user.api().get(user.path("/documents")).status()).isEqualTo(200);
    }
}
