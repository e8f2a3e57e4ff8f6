package dev.realms.security.auth;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What has just been found out of credentials, for less than a second unless another time is said, by names that give nothing away. An
 * entry's time begins when the question is asked, not when the answer arrives. Bounded: of too many the oldest are forgotten, and found
 * out again. Thread-safe.
 */
final class ExpiringCache<T> {

    /** Finds it out; nothing found is not remembered. */
    @FunctionalInterface
    interface Question<T, E extends Exception> {
        Optional<T> ask() throws E;
    }

    private record Entry<T>(T value, long until) {}

    static final Duration TIME = Duration.ofMillis(900);
    private static final int MOST = 10_000;

    private final LongSupplier clock;
    private final int most;
    private final long time;

    /** The oldest first. */
    private final Map<String, Entry<T>> entries = new LinkedHashMap<>();

    ExpiringCache() {
        this(TIME);
    }

    ExpiringCache(Duration time) {
        this(System::nanoTime, MOST, time);
    }

    /** @param clock in nanoseconds from anywhere */
    ExpiringCache(LongSupplier clock, int most, Duration time) {
        this.clock = clock;
        this.most = most;
        this.time = time.toNanos();
    }

    <E extends Exception> Optional<T> find(String name, Question<T, E> question) throws E {
        long now = clock.getAsLong();
        Entry<T> entry = entry(name);
        if (entry != null && entry.until() - now > 0) {
            return Optional.of(entry.value());
        }
        Optional<T> answer = question.ask();
        // From when it was asked: the answer may be old when it arrives.
        answer.ifPresent(value -> add(name, new Entry<>(value, now + time)));
        return answer;
    }

    /** Instead of what was found out before, and for as long from now on. */
    void add(String name, T value) {
        add(name, new Entry<>(value, clock.getAsLong() + time));
    }

    synchronized void forget(String name) {
        entries.remove(name);
    }

    private synchronized Entry<T> entry(String name) {
        return entries.get(name);
    }

    private synchronized void add(String name, Entry<T> entry) {
        entries.remove(name);
        if (entries.size() >= most) {
            entries.remove(entries.keySet().iterator().next());
        }
        entries.put(name, entry);
    }

    synchronized int size() {
        return entries.size();
    }
}
