package dev.realms.web.forwarded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realms.testing.Api;
import dev.realms.testing.Listener;
import dev.realms.testing.Nginx;
import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestUser;
import dev.realms.testing.Tokens;
import dev.realms.testing.Wire;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service behind the real nginx, set up as {@code server-config/nginx/realms.conf} says. */
class ProxyIT {

    private static final String TRUSTED = "127.0.0.76";

    private static final int FAILURES = 4;
    private static final String DOCUMENT = "{\"name\": \"a\", \"type\": \"t\"}";

    private static Node node;
    private static Nginx nginx;

    private TestUser user;
    private Api outside;

    @BeforeAll
    static void startBehindAProxy() {
        assumeTrue(Nginx.isInstalled(), "nginx is not installed");
        TestDatabase.resetToFinalized();
        Map<String, String> settings = Map.of(
                "REALMS_HTTP_TRUSTED_PROXIES",
                TRUSTED,
                "REALMS_RATE_LIMIT_FAILED_SIGN_INS_PER_MINUTE",
                Integer.toString(FAILURES));
        node = Node.start("proxied", settings).awaitStart();
        nginx = Nginx.start(node.base(), TRUSTED);
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
        }
        if (node != null) {
            node.close();
        }
    }

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(node.base());
        outside = nginx.api().as(user.token());
    }

    @Test
    void whatIsMadeIsFoundWhereLocationSays() {
        Api.Answer made = outside.post(user.path("/documents"), DOCUMENT);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location"))
                .hasValue(Nginx.PREFIX + user.path("/documents/" + made.json().getString("id")));
        assertThat(outside.get(made.resolve(made.header("Location").orElseThrow()))
                        .body())
                .isEqualTo(made.body());
    }

    /** Larger than any other body may be, and than nginx lets others be. */
    @Test
    void filesOfExportsPass() {
        user.make("documents", DOCUMENT);
        String lines = outside.get(user.path("/export"))
                .body()
                .replaceFirst("\n", ("\n" + " ".repeat(1_000)).repeat(3_000) + "\n");

        Api.Answer made = outside.with("Content-Type", "application/jsonl").post("/api/realms/import?name=Lab", lines);

        assertThat(made.status()).as("%s", made).isEqualTo(201);
        assertThat(outside.get(made.resolve(made.header("Location").orElseThrow()))
                        .json()
                        .getString("name"))
                .isEqualTo("Lab");
    }

    @Test
    void linkLeadsOn() {
        user.make("documents", DOCUMENT);
        user.make("documents", DOCUMENT);

        Api.Answer first = outside.get(user.path("/documents?limit=1&type=t"));
        String link = first.header("Link").orElseThrow();
        Api.Answer second = outside.get(first.resolve(link.replaceAll("^<|>; rel=\"next\"$", "")));

        assertThat(link).startsWith("<" + Nginx.PREFIX + user.path("/documents?"));
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().getJsonArray("items")).hasSize(1);
        assertThat(second.body()).isNotEqualTo(first.body());
    }

    @Test
    void foldersWithoutTheirSlashLeadToThemselves() {
        for (String folder : List.of("/console", "/console/api")) {
            Api.Answer led = outside.get(folder + "?a=b");
            String location = led.header("Location").orElseThrow();

            assertThat(led.status()).isEqualTo(302);
            assertThat(led.resolve(location)).isEqualTo(URI.create(nginx.base() + folder + "/?a=b"));
            assertThat(outside.get(led.resolve(location)).body()).startsWith("<!doctype html>");
        }
    }

    @Test
    void theDescriptionNamesTheServerThatItComesFrom() {
        Api.Answer description = outside.get("/openapi?format=json");
        String server =
                description.json().getJsonArray("servers").getJsonObject(0).getString("url");

        assertThat(description.resolve(server)).isEqualTo(URI.create(nginx.base() + "/"));
    }

    /** The proxy's own address stands for nobody. */
    @Test
    void failedSignInsCountForWhoIsBehindTheProxy() {
        List<Integer> guesses = IntStream.range(0, 2 * FAILURES)
                .mapToObj(i -> nginx.api()
                        .as("guess-" + i)
                        .with("X-Forwarded-For", "203.0.113." + i)
                        .get("/api/me")
                        .status())
                .toList();

        assertThat(guesses).containsOnly(401, 429).endsWith(429);
        assertThat(asProxy("GET /api/me HTTP/1.1\nAuthorization: Bearer guess", "")
                        .status())
                .isEqualTo(401);
        assertThat(asProxy("GET /api/me HTTP/1.1\nAuthorization: Bearer guess", "X-Forwarded-For: 127.0.0.1")
                        .status())
                .isEqualTo(429);
        assertThat(outside.get("/api/me").status()).isEqualTo(200);
    }

    /** Even where the proxy itself passes on what it should not, nobody is led elsewhere, and nothing fails. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            X-Forwarded-Prefix: //elsewhere.example
            X-Forwarded-Prefix: /\\elsewhere.example
            X-Forwarded-Prefix: https://elsewhere.example/a
            X-Forwarded-Prefix: javascript:alert(1)
            X-Forwarded-Prefix: /a/../b
            X-Forwarded-Prefix: /a?b
            X-Forwarded-Prefix: /{realmId}
            X-Forwarded-Prefix: /%0d%0aX-Elsewhere:%201
            X-Forwarded-Host: someone@elsewhere.example
            X-Forwarded-Proto: javascript
            X-Forwarded-Port: -1
            Forwarded: for="[::1";host="elsewhere.example
            Forwarded: host="else\"where.example";proto=gopher;for=_hidden, for=unknown
            X-Forwarded-For: elsewhere.example
            """)
    void nothingThatIsNoPlainPathIsBelieved(String header) {
        Wire.Answer made = asProxy("""
                POST %s HTTP/1.1
                Content-Type: application/json
                Content-Length: %d
                Authorization: Bearer %s""".formatted(user.path("/documents"), DOCUMENT.length(), user.token()), header);

        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.header("Location")).startsWith(user.path("/documents/"));
        assertThat(made.head()).doesNotContainIgnoringCase("elsewhere", "where.example");
    }

    private static Wire.Answer asProxy(String head, String header) {
        return Wire.at(node.base()).from(TRUSTED).send("%s\nHost: localhost\n%s".formatted(head, header), out -> {
            if (head.startsWith("POST")) {
                out.write(DOCUMENT.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /** By resources, by filters before them, by a servlet and by the server itself. */
    @Test
    void problemsSayWhereTheyWereMet() {
        for (String path : List.of(
                user.path("/documents/nothing"), "/api/nothing", "/nothing", "/console/nothing", "/api/me?x=y")) {
            assertThat(outside.get(path).json().getString("instance"))
                    .isEqualTo(Nginx.PREFIX + path.replace("?x=y", ""));
        }
        for (String path : List.of("/api/me", "/api/sign-in")) {
            Api.Answer refused = nginx.api().as("wrong").post(path, "{}");
            assertThat(refused.json().getString("instance")).isEqualTo(Nginx.PREFIX + path);
        }
    }

    @Test
    void aFirstAnswerIsGivenAgainForTheWayOfWhoAsks() {
        for (Api first : List.of(outside, user.api())) {
            String key = UUID.randomUUID().toString();
            Api.Answer made = first.with("Idempotency-Key", key).post(user.path("/documents"), DOCUMENT);
            String path = user.path("/documents/" + made.json().getString("id"));

            assertThat(outside.with("Idempotency-Key", key)
                            .post(user.path("/documents"), DOCUMENT)
                            .header("Location"))
                    .hasValue(Nginx.PREFIX + path);
            assertThat(user.api()
                            .with("Idempotency-Key", key)
                            .post(user.path("/documents"), DOCUMENT)
                            .header("Location"))
                    .hasValue(path);
        }
    }

    /** The proxy calls the tag of what it has compressed a weak one. */
    @Test
    void aTagThatTheProxyHasMadeWeakIsStillKnown() {
        String path = user.path("/documents/"
                + user.make("documents", "{\"name\": \"%s\", \"type\": \"t\"}".formatted("a".repeat(200))));
        Api compressed = outside.with("Accept-Encoding", "gzip");

        Api.Answer read = compressed.get(path);
        String tag = read.header("ETag").orElseThrow();
        Api.Answer again = compressed.with("If-None-Match", tag).get(path);
        Api.Answer changed = compressed.with("If-Match", tag).patch(path, "{\"chunks\": 1}");
        Api.Answer stale = compressed.with("If-Match", tag).patch(path, "{\"chunks\": 2}");

        assertThat(read.header("Content-Encoding")).hasValue("gzip");
        assertThat(tag).startsWith("W/\"");
        assertThat(again.status()).isEqualTo(304);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(stale.status()).isEqualTo(412);
    }

    /** What somebody writes who is not trusted changes nothing, and what a proxy passes on of it neither. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X-Forwarded-Prefix | /elsewhere
            X-Forwarded-Prefix | //elsewhere.example
            X-Forwarded-Host   | elsewhere.example
            X-Forwarded-Proto  | gopher
            X-Forwarded-Port   | 1
            Forwarded          | for=203.0.113.1;host=elsewhere.example;proto=gopher
            """)
    void nobodyElseIsBelieved(String header, String value) {
        Api.Answer direct = user.api().with(header, value).post(user.path("/documents"), DOCUMENT);
        Api.Answer proxied = outside.with(header, value).post(user.path("/documents"), DOCUMENT);

        assertThat(direct.header("Location"))
                .hasValue(user.path("/documents/" + direct.json().getString("id")));
        assertThat(proxied.header("Location"))
                .hasValue(
                        Nginx.PREFIX + user.path("/documents/" + proxied.json().getString("id")));
    }

    @Test
    void aProxyThatNoSettingNamesIsNotBelieved() {
        try (Nginx stranger = Nginx.start(node.base(), "127.0.0.77")) {
            Api.Answer made = stranger.api().as(user.token()).post(user.path("/documents"), DOCUMENT);

            assertThat(made.header("Location"))
                    .hasValue(user.path("/documents/" + made.json().getString("id")));
        }
    }

    /** Each event is there when it is told, and not when so many have been told that they fill a buffer. */
    @Test
    void eventsArriveOneByOne() {
        Api admin = nginx.api().as(Tokens.of(UUID.randomUUID() + "@example.com", "ADMIN"));
        for (Api listening : List.of(admin, admin.with("Accept-Encoding", "gzip"))) {
            try (Listener listener = listening.listen("/api/admin/migration/events")) {
                listener.until(event -> event.name().equals("state"));

                admin.post("/api/admin/isolation-audit");

                listener.until(event -> event.name().equals("act"));
            }
        }
    }
}
