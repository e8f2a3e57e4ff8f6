package dev.realms.web.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.apikey.ApiKeyFormat;
import dev.realms.testing.Api;
import dev.realms.testing.Json;
import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestUser;
import dev.realms.testing.Tokens;
import dev.realms.testing.Wire;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small quotas, used up. */
class RateLimitIT {

    private static final int QUOTA = 60;
    private static final int FAILURES = 20;
    private static final String PROXY = "127.0.0.76";

    private static Node node;
    private static URI base;

    private TestUser user;

    @BeforeAll
    static void startWithSmallQuotas() {
        TestDatabase.resetToFinalized();
        Map<String, String> quotas = Map.of(
                "REALMS_RATE_LIMIT_REQUESTS_PER_MINUTE",
                Integer.toString(QUOTA),
                "REALMS_RATE_LIMIT_FAILED_SIGN_INS_PER_MINUTE",
                Integer.toString(FAILURES),
                "REALMS_METRICS_TOKEN",
                "fake-metrics-token",
                "REALMS_ACCESS_LOG",
                "networks",
                "REALMS_HTTP_TRUSTED_PROXIES",
                PROXY + ", 198.51.100.128/25");
        node = Node.start("limits", quotas).awaitStart();
        base = node.base();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
    }

    @Test
    void tellsWhatIsLeftAndRefusesWhenNothingIs() {
        var first = user.api().get("/api/me");
        assertThat(first.header("RateLimit-Policy")).hasValue("\"default\";q=60;w=60");
        assertThat(first.header("RateLimit").orElseThrow()).matches("\"default\";r=(57;t=3|58;t=2|59;t=1)");

        var refused = useUp(user.api());

        assertThat(refused.header("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.header("RateLimit").orElseThrow()).matches("\"default\";r=0;t=(59|60)");
        assertThat(refused.header("Retry-After")).hasValue("1");
        assertThat(refused.value()).isEqualTo(Json.of("""
                {
                  "type": "urn:realms:problem:too-many-requests",
                  "title": "Too many requests",
                  "status": 429,
                  "detail": "Your requests of this minute are used up.",
                  "instance": "/api/me",
                  "code": "too-many-requests"
                }"""));
    }

    @Test
    void showsMetricsToWhoHasTheirTokenOnly() {
        assertThat(Api.at(base).get("/metrics").status()).isEqualTo(401);
        assertThat(Api.at(base).as("fake-metrics-tokeN").get("/metrics").status())
                .isEqualTo(401);
        assertThat(user.api().get("/metrics").header("WWW-Authenticate")).hasValue("Bearer");
        assertThat(Api.at(base).as("fake-metrics-token").get("/metrics").body())
                .contains("http_server_request_duration");
    }

    @Test
    void writesRequestsDownByTheirRoute() throws IOException {
        Api.Answer answer =
                user.api().with("X-Request-Id", "chosen.by-the_Caller.1").get(user.path("/stats?secret=1"));
        Api.Answer odd = user.api().with("X-Request-Id", "not an id").get("/api/me");

        assertThat(answer.header("X-Request-Id")).hasValue("chosen.by-the_Caller.1");
        assertThat(odd.header("X-Request-Id").orElseThrow()).matches("[0-9a-f-]{36}");
        Path log = Path.of(System.getProperty("realms.it.target"), "data", "logs", "access.0.log");
        String lines = Files.readString(log);
        assertThat(lines)
                .contains(
                        "\"id\":\"chosen.by-the_Caller.1\",\"method\":\"GET\",\"route\":\"/api/realms/{realmId}/stats\",\"status\":400")
                .contains("\"address\":\"127.0.0.0/24\"}")
                .doesNotContain(user.realmId(), user.token(), "secret");
        assertThat(lines.lines()).allMatch(line -> line.startsWith("{\"at\":\"") && line.endsWith("}"));
    }

    @Test
    void refillsByTheSecond() {
        useUp(user.api());

        long start = System.nanoTime();
        while (user.api().get("/api/me").status() == 429) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void countsAUserWhateverTheToken() {
        String email = UUID.randomUUID() + "@example.com";
        Api one = Api.at(base).as(Tokens.of(email, "USER"));
        Api other = Api.at(base).as(Tokens.of(email, "USER", Duration.ofMinutes(7)));

        useUp(one);

        assertThat(requestsUntilRefused(other)).isLessThan(10);
        assertThat(user.api().get("/api/me").status()).isEqualTo(200);
    }

    @Test
    void countsAKeyForItself() {
        Api one = Api.at(base).as(makeKey());
        Api other = Api.at(base).as(makeKey());

        useUp(one);

        assertThat(other.get("/api/realms/current").status()).isEqualTo(200);
        assertThat(user.api().get("/api/me").status()).isEqualTo(200);
    }

    @Test
    void refusedRequestsChangeNothing() {
        useUp(user.api());
        long made = IntStream.range(0, 10)
                .filter(i -> user.api()
                                .post(user.path("/documents"), "{\"name\": \"a\", \"type\": \"t\"}")
                                .status()
                        == 201)
                .count();

        assertThat(made).isLessThan(10);
        assertThat(TestDatabase.query("SELECT count(*) FROM documents WHERE user_id = '" + user.id() + "'"))
                .isEqualTo(Long.toString(made));
    }

    @Test
    void answersOnlyWhoIsKnown() {
        var stranger = Api.at(base).get("/api/me");

        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.header("RateLimit")).isEmpty();
    }

    @Test
    void endsTryingTokensAndKeysOut() {
        String key = makeKey();
        String old = makeOldKey();
        String other = makeOldKey();
        Wire attacker = Wire.at(base).from("127.0.0.77");
        assertThat(as(attacker, old).status()).isEqualTo(200);

        for (int i = 0; i < FAILURES; i++) {
            assertThat(as(attacker, "guess-" + i).status()).as("guess %s", i).isEqualTo(401);
        }
        Wire.Answer refused = as(attacker, "one-more");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).matches("[1-3]");
        assertThat(Json.of(refused.body()).asJsonObject().getString("code")).isEqualTo("too-many-requests");
        assertThat(as(attacker, old).status()).as("a key from before").isEqualTo(200);
        assertThat(as(attacker, other).status()).as("one that was never seen").isEqualTo(200);
        assertThat(as(attacker, key).status()).as("no guess").isEqualTo(200);
        assertThat(as(attacker, user.token()).status()).as("a token").isEqualTo(200);
        assertThat(as(Wire.at(base).from("127.0.0.78"), old).status())
                .as("elsewhere")
                .isEqualTo(200);
    }

    @Test
    void countsWhoAProxyNamesAndNobodyWhoNamesOthers() {
        Wire proxy = Wire.at(base).from(PROXY);
        String attacker = "X-Forwarded-For: 203.0.113.1, 198.51.100.1";

        for (int i = 0; i < FAILURES; i++) {
            assertThat(as(proxy, "guess-" + i, attacker).status())
                    .as("guess %s", i)
                    .isEqualTo(401);
        }

        assertThat(as(proxy, "one-more", attacker).status()).isEqualTo(429);
        assertThat(as(proxy, "one-more", "X-Forwarded-For: 203.0.113.2, 198.51.100.1")
                        .status())
                .as("who makes up whom they act for")
                .isEqualTo(429);
        assertThat(as(proxy, "one-more", "Forwarded: for=198.51.100.1").status())
                .isEqualTo(429);
        assertThat(as(proxy, "wrong", "X-Forwarded-For: 203.0.113.1").status())
                .as("somebody else")
                .isEqualTo(401);

        Wire stranger = Wire.at(base).from("127.0.0.79");
        for (int i = 0; i < FAILURES; i++) {
            assertThat(as(stranger, "guess", "X-Forwarded-For: 203.0.113." + i).status())
                    .isEqualTo(401);
        }
        assertThat(as(stranger, "guess", "X-Forwarded-For: 203.0.113.99").status())
                .isEqualTo(429);
    }

    /** Each guess from another address, and all lookups hang, as long as the keys are locked. */
    @ParameterizedTest
    @ValueSource(strings = {"of ours", "from before realms"})
    void looksUpFewMadeUpKeysAtATime(String form) throws Exception {
        int most = 0;
        ExecutorService guessers = Executors.newFixedThreadPool(12);
        try (Connection lock = TestDatabase.owner()) {
            lock.setAutoCommit(false);
            lock.createStatement().execute("LOCK TABLE api_keys IN ACCESS EXCLUSIVE MODE");
            for (int i = 0; i < 12; i++) {
                Wire guesser = Wire.at(base).from("127.0.2." + i);
                String key = form.equals("of ours") ? ApiKeyFormat.generate() : "guess-" + UUID.randomUUID();
                guessers.submit(() -> as(guesser, key));
            }
            Instant end = Instant.now().plusSeconds(2);
            while (Instant.now().isBefore(end)) {
                most = Math.max(most, lookups());
                LockSupport.parkNanos(10_000_000);
            }
            assertThat(user.api().get("/api/me").status()).isEqualTo(200);
            lock.rollback();
        }
        guessers.shutdown();

        assertThat(guessers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        // One asks for all of them, and the service's own probe may wait for the table, too.
        assertThat(most).isBetween(1, 3);
    }

    private static int lookups() {
        return Integer.parseInt(TestDatabase.query(
                "SELECT count(*) FROM pg_locks WHERE relation = 'api_keys'::regclass AND NOT granted"));
    }

    private static Wire.Answer as(Wire wire, String credential) {
        return as(wire, credential, "Accept: */*");
    }

    private static Wire.Answer as(Wire wire, String credential, String header) {
        return wire.send("""
                GET /api/realms/current HTTP/1.1
                Host: localhost
                %s
                Authorization: Bearer %s""".formatted(header, credential), out -> {});
    }

    /** Of a form that pre-realm keys may have. */
    private String makeOldKey() {
        String old = "old-" + UUID.randomUUID();
        TestDatabase.asOwner("UPDATE api_keys SET key = '%s' WHERE api_key_hash(key) = '%s'"
                .formatted(ApiKeyFormat.kept(old), ApiKeyFormat.hash(makeKey())));
        return old;
    }

    private String makeKey() {
        return user.api()
                .post(user.path("/api-keys"), "{\"name\": \"k\"}")
                .json()
                .getString("key");
    }

    /** Until the first refusal, which is the answer. */
    private static Api.Answer useUp(Api api) {
        assertThat(requestsUntilRefused(api)).isGreaterThan(QUOTA / 2);
        return Stream.generate(() -> api.get("/api/me"))
                .limit(QUOTA)
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();
    }

    /** The quota refills meanwhile, a request a second. */
    private static long requestsUntilRefused(Api api) {
        return Stream.generate(() -> api.get("/api/me").status())
                .limit(3 * QUOTA)
                .takeWhile(status -> status != 429)
                .count();
    }
}
