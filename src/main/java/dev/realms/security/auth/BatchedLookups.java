package dev.realms.security.auth;

import dev.realms.web.body.Bulkhead;
import dev.realms.web.problem.DomainException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * One look-up at a time, for all callers that wait. So however many they are, each of them waits for two look-ups at most: the one under way,
 * which began before it came, and the next. Thread-safe.
 */
final class BatchedLookups<T> {

    private final Function<Set<String>, Map<String, T>> lookup;
    private final Bulkhead turn = new Bulkhead(1);
    private final ConcurrentMap<String, CompletableFuture<Optional<T>>> waiting = new ConcurrentHashMap<>();

    /** @param lookup what it finds, by name */
    BatchedLookups(Function<Set<String>, Map<String, T>> lookup) {
        this.lookup = lookup;
    }

    /**
     * A look-up that fails fails for all that waited for it, with what it threw.
     *
     * @throws DomainException {@code unavailable} when the look-up under way takes too long
     */
    Optional<T> find(String name) {
        CompletableFuture<Optional<T>> answer = waiting.computeIfAbsent(name, asked -> new CompletableFuture<>());
        turn.acquire();
        try {
            if (!answer.isDone()) {
                answerAll();
            }
        } finally {
            turn.release();
        }
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void answerAll() {
        Map<String, CompletableFuture<Optional<T>>> asked = new HashMap<>();
        // Whoever comes from now on must not get an answer to an older question.
        waiting.keySet().forEach(name -> asked.put(name, waiting.remove(name)));
        try {
            Map<String, T> found = lookup.apply(asked.keySet());
            asked.forEach((name, answer) -> answer.complete(Optional.ofNullable(found.get(name))));
        } catch (RuntimeException | Error e) {
            asked.values().forEach(answer -> answer.completeExceptionally(e));
        }
    }
}
