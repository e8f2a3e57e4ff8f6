package dev.realms.migration.pressure;

import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds what the database tells against the limits. To be asked about once a second; not thread-safe. */
public final class Pressure {

    /** Over so long the rate of write-ahead log is taken, so that a pause lets it fall. */
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private static final double MEGABYTE = 1024 * 1024;

    /**
     * Why the migration goes slower than it could.
     *
     * @param signal the name of the limit that it meets
     * @param value as it was measured last
     */
    public record Throttle(String signal, long value, long limit, Instant since) {}

    private record Wal(Instant at, long bytes) {}

    private final Long[] ours;
    private final Deque<Wal> wal = new ArrayDeque<>();
    private String oldestSnapshot;
    private Instant snapshotSince;
    private Throttle throttle;
    private PressureSignal signal;

    /** @param ours keys of the advisory locks by which the migration's own sessions are known */
    public Pressure(Long... ours) {
        this.ours = ours;
    }

    /** Replicas whose lag is not for the role of the connection to see. */
    public static long unseenReplicas(Connection connection) throws SQLException {
        return Sql.count(connection, "pg_stat_replication WHERE state IS NULL");
    }

    /** @param transaction how long the migration's last ones took at most */
    public void measure(Connection connection, String table, Duration transaction, Limits limits) throws SQLException {
        measure(PressureReadings.take(connection, table, ours), transaction, limits, Instant.now());
    }

    void measure(PressureReadings readings, Duration transaction, Limits limits, Instant now) {
        Map<PressureSignal, Long> values = readings.values();
        values.put(PressureSignal.OWN_TRANSACTIONS, transaction.toMillis());
        values.put(PressureSignal.WAL_RATE, walRate(readings.walBytes(), now));
        values.merge(PressureSignal.SNAPSHOT_AGE, snapshotAge(readings.oldestSnapshot(), now), Math::max);
        Optional<PressureSignal> worst = Stream.of(PressureSignal.values())
                .filter(each -> each.limit(limits) != null && values.get(each) > each.limit(limits))
                .findFirst();
        Instant since = worst.isPresent() && worst.get() == signal ? throttle.since() : now;
        throttle = worst.map(each -> new Throttle(each.text(), values.get(each), each.limit(limits), since))
                .orElse(null);
        signal = worst.orElse(null);
    }

    /** Why the migration goes slower than it could; empty when it does not. */
    public Optional<Throttle> throttle() {
        return Optional.ofNullable(throttle);
    }

    /** Whether it has to wait until that is over, or only to slow down. */
    public boolean pauses() {
        return signal != null && signal.pauses();
    }

    private long walRate(long bytes, Instant now) {
        wal.addLast(new Wal(now, bytes));
        while (wal.size() > 2 && wal.peekFirst().at().isBefore(now.minus(WINDOW))) {
            wal.removeFirst();
        }
        double seconds = Duration.between(wal.peekFirst().at(), now).toMillis() / 1e3;
        return seconds < 0.5 ? 0 : Math.round((bytes - wal.peekFirst().bytes()) / MEGABYTE / seconds);
    }

    /** A snapshot whose beginning is hidden is at least as old as it has been seen. */
    private long snapshotAge(String snapshot, Instant now) {
        if (snapshot == null || !Objects.equals(snapshot, oldestSnapshot)) {
            oldestSnapshot = snapshot;
            snapshotSince = now;
        }
        return Duration.between(snapshotSince, now).toSeconds();
    }
}
