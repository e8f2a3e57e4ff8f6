package dev.realms.web.body;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Ends the wait for bodies that do not arrive. A thread that has waited too long is interrupted, which the blocking reads of both
 * servers heed and which leaves the connection open for an answer; WildFly's own read timeout would close it without one, and
 * neither server has a limit for a body that arrives byte by byte.
 *
 * <p>Every wait holds a thread of the server. When many wait, those who have waited longest are given up early, so that slow bodies
 * can't take all threads from requests that have arrived.
 */
@ApplicationScoped
class BodyWatch {

    private static final long PERIOD_MILLIS = 100;

    /** How many may wait for longer than a moment at a time. */
    private static final int MOST_WAITING = 8;

    private static final long MOMENT_NANOS = Duration.ofMillis(500).toNanos();

    /** A thread that reads a body. It is interrupted between {@link #begin} and {@link #end} only. */
    static final class Reading {

        private final Thread reader = Thread.currentThread();
        private final long begun = System.nanoTime();
        private final long limit;
        private boolean late;
        private boolean ended;

        private Reading(Duration limit) {
            this.limit = limit.toNanos();
        }

        synchronized boolean isLate() {
            return late;
        }

        /** Again and again, until it heeds: a read that finds something to read does not notice. */
        private synchronized void interrupt() {
            if (!ended) {
                late = true;
                reader.interrupt();
            }
        }

        /** The server's thread must not carry the interrupt into its next task. */
        private synchronized void end() {
            ended = true;
            if (late) {
                Thread.interrupted();
            }
        }
    }

    private final Set<Reading> readings = ConcurrentHashMap.newKeySet();

    @Resource
    private ManagedScheduledExecutorService executor;

    private Future<?> checks;

    @PostConstruct
    void start() {
        checks = executor.scheduleWithFixedDelay(this::check, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        checks.cancel(false);
    }

    Reading begin(Duration limit) {
        Reading reading = new Reading(limit);
        readings.add(reading);
        return reading;
    }

    void end(Reading reading) {
        readings.remove(reading);
        reading.end();
    }

    private void check() {
        long now = System.nanoTime();
        List<Reading> waiting = readings.stream()
                .filter(reading -> now - reading.begun > MOMENT_NANOS)
                .sorted(Comparator.comparingLong(reading -> reading.begun - now))
                .toList();
        for (int i = 0; i < waiting.size(); i++) {
            Reading reading = waiting.get(i);
            if (now - reading.begun > reading.limit || i < waiting.size() - MOST_WAITING) {
                reading.interrupt();
            }
        }
    }
}
