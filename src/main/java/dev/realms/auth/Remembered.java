package dev.realms.auth;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * What has just been found out, for a moment, by a name that gives nothing away. Bounded: with too many names at a time all are
 * forgotten, and found out again. Thread-safe.
 */
final class Remembered<T> {

    private record Entry<T>(T value, long until) {}

    private final long nanos;
    private final int most;
    private final LongSupplier clock;
    private final ConcurrentMap<String, Entry<T>> entries = new ConcurrentHashMap<>();

    /** @param clock in nanoseconds from anywhere */
    Remembered(Duration time, int most, LongSupplier clock) {
        this.nanos = time.toNanos();
        this.most = most;
        this.clock = clock;
    }

    Optional<T> find(String name) {
        Entry<T> entry = entries.get(name);
        return entry != null && entry.until() - clock.getAsLong() > 0 ? Optional.of(entry.value()) : Optional.empty();
    }

    /** @param asked when the answer was asked for, by the clock: it may be old when it arrives */
    void add(String name, T value, long asked) {
        if (entries.size() >= most) {
            entries.clear();
        }
        entries.put(name, new Entry<>(value, asked + nanos));
    }

    long now() {
        return clock.getAsLong();
    }

    int size() {
        return entries.size();
    }
}
