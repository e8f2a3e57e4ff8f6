package dev.realms.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.realms.testing.DatabaseState;
import dev.realms.testing.Json;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import dev.realms.testing.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are too large, too slow or no HTTP are refused at once, change nothing and keep nobody else waiting. */
@OnDatabase(DatabaseState.FINALIZED)
class LimitsIT {

    private static final Duration AT_ONCE = Duration.ofSeconds(5);
    private static final String DOCUMENT = "{\"name\": \"a\", \"type\": \"t\"}";
    private static final byte[] MEGABYTE = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    private static final Wire.Body NOTHING = out -> {};

    /** Where the answer is the server's own: before any application. */
    private static final String SERVERS_OWN = "";

    private final URI base = TestServer.base();

    private TestUser user;

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
    }

    /** Nor does what is kept of a first answer, which the owner gets again. */
    @Test
    void namesNoHostThatACallerMakesUp() {
        user.make("documents", DOCUMENT);
        String head = """
                %s HTTP/1.1
                Host: elsewhere.example
                X-Forwarded-Host: elsewhere.example
                Forwarded: host=elsewhere.example
                Content-Type: application/json
                Authorization: Bearer %s
                """;
        String post = head.formatted("POST " + user.path("/documents"), user.token())
                + "Idempotency-Key: 1\nContent-Length: " + DOCUMENT.length();

        Wire.Answer made = Wire.at(base).send(post, text(DOCUMENT));
        Wire.Answer again = Wire.at(base).send(post.replace("elsewhere", "somewhere"), text(DOCUMENT));
        Wire.Answer listed =
                Wire.at(base).send(head.formatted("GET " + user.path("/documents?limit=1"), user.token()), NOTHING);

        String id = Json.of(made.body()).asJsonObject().getString("id");
        assertThat(made.header("Location")).isEqualTo(user.path("/documents/" + id));
        assertThat(again.header("Location")).isEqualTo(made.header("Location"));
        assertThat(listed.header("Link")).startsWith("<" + user.path("/documents?"));
        assertThat(made.head() + again.head() + listed.head() + made.body() + again.body() + listed.body())
                .doesNotContain("where.example");
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("a gigabyte", "Content-Length: 1073741824", gigabyte(false), 413, "too-large"),
                arguments("a gigabyte in chunks", "Transfer-Encoding: chunked", gigabyte(true), 413, "too-large"),
                arguments("a terabyte, announced", "Content-Length: 1099511627776", NOTHING, 413, "too-large"),
                arguments(
                        "a gigabyte that waits to be asked for",
                        "Content-Length: 1073741824\nExpect: 100-continue",
                        NOTHING,
                        413,
                        "too-large"),
                arguments("a body that never begins", "Content-Length: 30", NOTHING, 408, "too-slow"),
                arguments("a body that never ends", "Content-Length: 30", text("{\"name\":"), 408, "too-slow"),
                arguments(
                        "chunks that never end",
                        "Transfer-Encoding: chunked",
                        text("5\r\n{\"nam\r\n"),
                        408,
                        "too-slow"),
                arguments("a byte a second", "Content-Length: 30", drip(false), 408, "too-slow"),
                arguments("a byte a second in chunks", "Transfer-Encoding: chunked", drip(true), 408, "too-slow"),
                arguments(
                        "gzip", "Content-Encoding: gzip\nContent-Length: 100", NOTHING, 415, "unsupported-media-type"),
                arguments(
                        "a gzip bomb",
                        "Content-Encoding: gzip\nTransfer-Encoding: chunked",
                        chunk(bomb()),
                        415,
                        "unsupported-media-type"),
                arguments(
                        "an unknown encoding",
                        "Content-Encoding: identity, zstd\nContent-Length: 2",
                        text("{}"),
                        415,
                        "unsupported-media-type"),
                arguments(
                        "a chunk of no length",
                        "Transfer-Encoding: chunked",
                        text("zz\r\n{}\r\n0\r\n\r\n"),
                        0,
                        SERVERS_OWN),
                arguments(
                        "two ideas of its length",
                        "Content-Length: 2\nTransfer-Encoding: chunked",
                        text("0\r\n\r\n"),
                        0,
                        SERVERS_OWN),
                arguments("two lengths", "Content-Length: 2\nContent-Length: 3", text("{} "), 0, SERVERS_OWN),
                arguments("a negative length", "Content-Length: -1", NOTHING, 0, SERVERS_OWN),
                arguments("a length of thirty digits", "Content-Length: " + "9".repeat(30), NOTHING, 0, SERVERS_OWN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void bodies(String what, String headers, Wire.Body body, int status, String code) {
        assertRefused(
                what, send("POST", "/documents", "Content-Type: application/json\n" + headers, body), status, code);
    }

    @Test
    void aBodyOfNoType() {
        assertRefused(
                "no type",
                send("POST", "/documents", "Content-Length: 26", text(DOCUMENT)),
                415,
                "unsupported-media-type");
    }

    static Stream<Arguments> heads() {
        String large = "x".repeat(1_000_000);
        return Stream.of(
                arguments("10,000 headers", "/documents", manyHeaders(10_000), 0, SERVERS_OWN),
                arguments("a header of a megabyte", "/documents", "X-Large: " + large, 0, SERVERS_OWN),
                arguments("a query of a megabyte", "/documents?type=" + large, "", 0, SERVERS_OWN),
                arguments("a path of a megabyte", "/documents/" + large, "", 0, SERVERS_OWN),
                arguments("NUL in the query", "/documents?type=a%00b", "", 400, "validation"),
                arguments("a control character in the query", "/documents?type=a%1Bb", "", 400, "validation"),
                arguments("turned text in the query", "/documents?type=%E2%80%AEb", "", 400, "validation"),
                arguments("no UTF-8 in the query", "/documents?type=%F0%28%8C", "", 400, "validation"),
                arguments("half an escape in the query", "/documents?type=a%2", "", 0, SERVERS_OWN),
                arguments("no escape in the query", "/documents?type=%zz", "", 0, SERVERS_OWN),
                arguments("an endless limit", "/documents?limit=" + "9".repeat(3_000), "", 400, "validation"),
                arguments("a long cursor", "/documents?cursor=" + "A".repeat(6_000), "", 400, "validation"),
                arguments("NUL in the path", "/documents/%00", "", 0, SERVERS_OWN),
                arguments("no UTF-8 in the path", "/documents/%FF%FE", "", 0, SERVERS_OWN),
                arguments("a slash in the path", "/documents/%2F..%2F", "", 0, SERVERS_OWN),
                arguments("a long path", "/documents/" + "x".repeat(6_000), "", 404, "not-found"),
                arguments("NUL in a header", "/documents/1", "X-Odd: a\0b", 0, SERVERS_OWN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void heads(String what, String path, String headers, int status, String code) {
        assertRefused(what, send("GET", path, headers, NOTHING), status, code);
    }

    /** Whoever does not read the answers of HTTP/2 holds a thread for each of them, as many as they like over one connection. */
    @Test
    void speaksHttp11Only() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + base.getPort() + "/api/me"))
                .version(HttpClient.Version.HTTP_2)
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    /** Nobody waits for the body of a caller nobody knows. */
    @Test
    void aStrangerWhoStalls() {
        var answer = Wire.at(base).send("""
                POST %s HTTP/1.1
                Host: localhost
                Content-Type: application/json
                Content-Length: 30""".formatted(user.path("/documents")), NOTHING);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.time()).isLessThan(Duration.ofSeconds(2));
    }

    static Stream<Arguments> stalled() {
        return Stream.of(
                arguments("a small body", 30, "{", List.of(408)),
                arguments("a large body", 200_000, "{\"name\": \"" + "x".repeat(70_000), List.of(408, 503)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stalled")
    void manyWhoStallKeepNobodyWaiting(String what, int length, String begun, List<Integer> statuses) {
        TestUser neighbour = TestUser.signIn(base);
        ExecutorService callers = Executors.newFixedThreadPool(300);
        try {
            List<CompletableFuture<Wire.Answer>> stalled = IntStream.range(0, 300)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> send(
                                    "POST",
                                    "/documents",
                                    "Content-Type: application/json\nContent-Length: " + length,
                                    text(begun)),
                            callers))
                    .toList();
            Duration longest = Duration.ZERO;
            int served = 0;
            for (; !stalled.stream().allMatch(CompletableFuture::isDone); served++) {
                long start = System.nanoTime();
                var answer = neighbour.api().post(neighbour.path("/documents"), DOCUMENT);
                Duration waited = Duration.ofNanos(System.nanoTime() - start);
                assertThat(answer.status()).isEqualTo(201);
                longest = waited.compareTo(longest) > 0 ? waited : longest;
            }

            System.out.println("LIMITS neighbour of 300 who stall with " + what + ": " + served
                    + " requests, the slowest " + longest.toMillis() + " ms");
            // Sooner than those who stall are given up for being slow.
            assertThat(longest).isLessThan(Duration.ofMillis(1_500));
            assertThat(stalled)
                    .allSatisfy(answer -> assertThat(answer.join().status()).isIn(statuses));
            assertUnchanged();
            // Their places are free again.
            var large =
                    neighbour.api().post(neighbour.path("/documents"), "{\"name\": \"" + "x".repeat(70_000) + "\"}");
            assertThat(large.status()).as(large.toString()).isEqualTo(400);
        } finally {
            callers.shutdownNow();
        }
    }

    private Wire.Answer send(String method, String path, String headers, Wire.Body body) {
        return Wire.at(base).send("""
                %s %s HTTP/1.1
                Host: localhost
                Authorization: Bearer %s
                %s""".formatted(method, user.path(path), user.token(), headers), body);
    }

    private void assertRefused(String what, Wire.Answer answer, int status, String code) {
        System.out.println("LIMITS " + what + ": " + answer.status() + " after "
                + answer.time().toMillis() + " ms");
        assertThat(answer.time()).isLessThan(AT_ONCE);
        if (code.equals(SERVERS_OWN) && answer.status() == 0) {
            // WildFly ends a connection whose chunks make no sense.
            return;
        }
        assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
        assertThat(answer.head() + answer.body())
                .doesNotContain("Exception", "\tat ", "<html", "WildFly", "Undertow", "6.2025");
        if (!code.equals(SERVERS_OWN)) {
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(Json.of(answer.body()).asJsonObject().getString("code")).isEqualTo(code);
        }
        assertUnchanged();
    }

    private void assertUnchanged() {
        var documents = user.api().get(user.path("/documents"));
        assertThat(documents.status()).as(documents.toString()).isEqualTo(200);
        assertThat(documents.json().getJsonArray("items")).isEmpty();
    }

    private static String manyHeaders(int number) {
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < number; i++) {
            headers.append("X-").append(i).append(": v\n");
        }
        return headers.toString();
    }

    private static Wire.Body text(String text) {
        return out -> {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        };
    }

    private static Wire.Body gigabyte(boolean chunked) {
        return out -> {
            for (int i = 0; i < 1024; i++) {
                if (chunked) {
                    chunk(MEGABYTE).to(out);
                } else {
                    out.write(MEGABYTE);
                }
            }
        };
    }

    private static Wire.Body chunk(byte[] bytes) {
        return out -> {
            out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        };
    }

    private static Wire.Body drip(boolean chunked) {
        return out -> {
            for (byte b : DOCUMENT.getBytes(StandardCharsets.US_ASCII)) {
                (chunked ? chunk(new byte[] {b}) : text(Character.toString(b))).to(out);
                Thread.sleep(1_000);
            }
        };
    }

    /** A hundred megabytes in a hundred kilobytes. */
    private static byte[] bomb() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < 100; i++) {
                gzip.write(MEGABYTE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
