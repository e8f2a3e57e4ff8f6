package dev.realms.testing;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * The application server that all classes share which can: started when the first of them asks, ended with the suite. Its database
 * is replaced below it when a class needs another one.
 */
public final class TestServer {

    /** The pools ask connections once a second whether they still work; what the service remembers is no older than that. */
    private static final Duration MEMORY = Duration.ofMillis(1_200);

    private static final String DATABASE = "realms";

    private static Optional<Node> node = Optional.empty();
    private static boolean overShared;

    /** What the server seals with, as the last database had them that had any. */
    private static String keys = "[]";

    private TestServer() {}

    /** Where the API is. */
    public static URI base() {
        return node.orElseThrow().base();
    }

    /** All that it has logged so far. */
    public static String log() {
        return node.orElseThrow().log();
    }

    /** Sees to it that it runs, over this database. */
    static void over(OnDatabase wanted) {
        boolean shared = wanted.value() == DatabaseState.FINALIZED && !wanted.own();
        TestDatabase.use(DATABASE);
        if (shared && overShared) {
            requireThatItServes();
            return;
        }
        if (node.isPresent()) {
            keys = TestDatabase.secretKeys().orElse(keys);
        }
        TestDatabase.reset(wanted.value(), wanted.users());
        overShared = shared;
        if (node.isPresent()) {
            TestDatabase.addSecretKeys(keys);
        } else {
            node = Optional.of(
                    Node.start("shared", Wars.fileWithTests(), Map.of()).awaitStart());
        }
        awaitThatItServes();
    }

    static void stop() {
        node.ifPresent(Node::close);
    }

    /** Whoever takes fences down waits until the service has seen that they are up again. */
    private static void requireThatItServes() {
        Instant end = Instant.now().plus(MEMORY);
        node.ifPresent(running -> {
            Api.Answer ready;
            while ((ready = running.api().get("/health/ready")).status() != 200) {
                if (Instant.now().isAfter(end)) {
                    throw new AssertionError(
                            "The class before has left the server in a state in which it does not serve: " + ready);
                }
                LockSupport.parkNanos(20_000_000);
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
            return api.getWhileStarting("/api/me").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }
}
