package dev.realms.testing;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The application server that all classes share which can: started when the first of them asks, ended with the suite. Its database
 * is replaced below it when a class needs another one.
 */
public final class TestServer {

    /** The pools ask connections once a second whether they still work; what the service remembers is no older than that. */
    private static final Duration MEMORY = Duration.ofMillis(1_200);

    private static Optional<Node> node = Optional.empty();
    private static boolean runsTests;
    private static boolean overShared;

    private TestServer() {}

    /** Where the API is. */
    public static URI base() {
        return node.orElseThrow().base();
    }

    /** Starts it unless it runs. */
    static void start() {
        if (node.isEmpty()) {
            start(Path.of(System.getProperty("realms.it.war")));
        }
    }

    /** Starts it with an archive in which tests run, unless it runs with such a one. */
    static URI startWithTests(Supplier<Path> war) {
        if (!runsTests) {
            stop();
            start(war.get());
            runsTests = true;
        }
        return base();
    }

    static boolean runsTests() {
        return runsTests;
    }

    static void stop() {
        node.ifPresent(Node::close);
        node = Optional.empty();
        runsTests = false;
    }

    static void over(OnDatabase wanted) {
        boolean shared = wanted.value() == DatabaseState.FINALIZED && !wanted.own();
        if (shared && overShared) {
            requireThatItServes();
            return;
        }
        String keys = node.isPresent() ? TestDatabase.secretKeys() : "[]";
        TestDatabase.reset(wanted.value(), wanted.users());
        overShared = shared;
        if (node.isPresent()) {
            TestDatabase.addSecretKeys(keys);
            awaitThatItServes();
        }
    }

    /** The database is about to become somebody else's. */
    static void giveUpDatabase() {
        stop();
        overShared = false;
    }

    private static void start(Path war) {
        node = Optional.of(Node.start("shared", war, Map.of()).awaitStart());
        awaitThatItServes();
    }

    /** Whoever takes fences down waits until the service has seen that they are up again. */
    private static void requireThatItServes() {
        node.ifPresent(running -> {
            Api.Answer ready = running.api().get("/health/ready");
            if (ready.status() != 200) {
                throw new AssertionError(
                        "The class before has left the server in a state in which it does not serve: " + ready);
            }
        });
    }

    private static void awaitThatItServes() {
        Instant replaced = Instant.now();
        Api somebody = Api.at(base()).as(Tokens.of(UUID.randomUUID() + "@example.com", "USER"));
        while (Instant.now().isBefore(replaced.plus(MEMORY)) || !serves(somebody)) {
            if (Instant.now().isAfter(replaced.plusSeconds(60))) {
                throw new AssertionError("The server does not serve: " + somebody.get("/api/me"));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static boolean serves(Api api) {
        try {
            return api.get("/api/me").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }
}
