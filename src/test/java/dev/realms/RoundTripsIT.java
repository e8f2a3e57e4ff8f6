package dev.realms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.StatementLog;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How often a request waits for the database, by what PostgreSQL writes down: each statement is a round trip, but for BEGIN, which
 * travels with the one after it, and for the statement that opens a realm to read from, which travels with the reading one.
 */
@OnDatabase(DatabaseState.FINALIZED)
class RoundTripsIT {

    /** The service asks itself about its isolation now and then, with the same role, which takes seconds on a busy machine. */
    private static final Duration DISTURBED_AT_MOST = Duration.ofSeconds(20);

    private static final String BODY = "{\"name\": \"a\", \"type\": \"t\"}";

    private final URI base = TestServer.base();

    private TestUser user;
    private Api program;
    private String document;
    private String cursor;

    @BeforeEach
    void listen() {
        user = TestUser.signIn(base);
        String key = user.api()
                .post(user.path("/api-keys"), "{\"name\": \"k\"}")
                .json()
                .getString("key");
        program = Api.at(base).as(key);
        document = user.path("/documents/" + user.make("documents", BODY));
        user.make("documents", BODY);
        cursor = program.get(user.path("/documents?limit=1")).json().getString("nextCursor");
        StatementLog.begin();
    }

    @AfterEach
    void stopListening() {
        StatementLog.end();
    }

    static Stream<Arguments> readingWithAKey() {
        return Stream.of(
                arguments("list", request(it -> it.program.get(it.user.path("/documents")))),
                arguments(
                        "next page",
                        request(it -> it.program.get(it.user.path("/documents?limit=1&cursor=") + it.cursor))),
                arguments("get", request(it -> it.program.get(it.document))),
                arguments("stats", request(it -> it.program.get(it.user.path("/stats")))));
    }

    /**
     * There is no BEGIN and no COMMIT, so the two came together: what the first one opens is closed at the end of its round trip, and
     * the second would be refused.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("readingWithAKey")
    void readingWithAKeyTakesOne(String what, Function<RoundTripsIT, Api.Answer> request) {
        List<String> statements = undisturbed(2, request);

        assertThat(statements).as(what).hasSize(2);
        assertThat(statements.get(0)).contains("enter_realm");
        assertThat(statements.get(1)).contains("SELECT").doesNotContain("COMMIT");
    }

    @Test
    void postingWithAKeyTakesTwo() {
        List<String> statements = undisturbed(3, it -> it.program.post(it.user.path("/documents"), BODY));

        assertThat(statements).hasSize(3);
        assertThat(statements.get(0)).contains("enter_realm");
        assertThat(statements.get(1)).contains("INSERT");
        assertThat(statements.get(2)).contains("COMMIT");
    }

    @Test
    void aRequestWithATokenTakesOneMoreToKnowWhoItIs() {
        List<String> statements = undisturbed(3, it -> it.user.api().get(it.document));

        assertThat(statements).hasSize(3);
        assertThat(statements.get(0)).contains("find_user");
    }

    @Test
    void aChangeLooksLocksAndWrites() {
        List<String> statements = undisturbed(
                5, it -> it.program.patch(it.document, "{\"chunks\": " + System.nanoTime() % 1_000_000 + "}"));

        assertThat(statements).hasSize(5);
    }

    /** What the first request sends that sends as many statements as expected; if none does, what the last one sends. */
    private List<String> undisturbed(int expected, Function<RoundTripsIT, Api.Answer> request) {
        Instant end = Instant.now().plus(DISTURBED_AT_MOST);
        List<String> statements;
        do {
            statements = StatementLog.during(
                    () -> assertThat(request.apply(this).status()).isBetween(200, 299));
        } while (statements.size() != expected && Instant.now().isBefore(end));
        return statements;
    }

    private static Function<RoundTripsIT, Api.Answer> request(Function<RoundTripsIT, Api.Answer> request) {
        return request;
    }
}
