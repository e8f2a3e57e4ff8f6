package dev.realms.auth;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * What has just been found out of credentials, for less than a second unless another time is said, by names that give nothing away. Bounded: with too many at a
 * time all are forgotten, and found out again. Thread-safe.
 */
final class Remembered<T> {

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
    private final ConcurrentMap<String, Entry<T>> entries = new ConcurrentHashMap<>();

    Remembered() {
        this(TIME);
    }

    Remembered(Duration time) {
        this(System::nanoTime, MOST, time);
    }

    /** @param clock in nanoseconds from anywhere */
    Remembered(LongSupplier clock, int most, Duration time) {
        this.clock = clock;
        this.most = most;
        this.time = time.toNanos();
    }

    <E extends Exception> Optional<T> find(String name, Question<T, E> question) throws E {
        long now = clock.getAsLong();
        Entry<T> entry = entries.get(name);
        if (entry != null && entry.until() - now > 0) {
            return Optional.of(entry.value());
        }
        Optional<T> answer = question.ask();
        // From when it was asked: the answer may be old when it arrives.
        answer.ifPresent(value -> add(name, new Entry<>(value, now + time)));
        return answer;
    }

    void forget(String name) {
        entries.remove(name);
    }

    private void add(String name, Entry<T> entry) {
        if (entries.size() >= most) {
            entries.clear();
        }
        entries.put(name, entry);
    }

    int size() {
        return entries.size();
    }
}
