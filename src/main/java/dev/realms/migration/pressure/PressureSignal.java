package dev.realms.migration.pressure;

import java.util.function.Function;

/** What tells that the database, or somebody else in it, has enough to do. Named as the limit that it is held against. */
enum PressureSignal {
    REPLICA_LAG("replicaLagSeconds", true, Limits::replicaLagSeconds),
    LOCK_WAITS("lockWaits", true, Limits::lockWaits),
    ACTIVE_SESSIONS("activeSessions", true, Limits::activeSessions),
    WAL_RATE("walMegabytesPerSecond", true, Limits::walMegabytesPerSecond),
    ARCHIVE_QUEUE("archiveQueueFiles", true, Limits::archiveQueueFiles),
    OWN_TRANSACTIONS("transactionMilliseconds", false, Limits::transactionMilliseconds),
    TABLE_MAINTENANCE("tableMaintenance", false, Limits::tableMaintenance),
    SNAPSHOT_AGE("snapshotAgeSeconds", false, Limits::snapshotAgeSeconds);

    private final String text;
    private final boolean pauses;
    private final Function<Limits, Integer> limit;

    PressureSignal(String text, boolean pauses, Function<Limits, Integer> limit) {
        this.text = text;
        this.pauses = pauses;
        this.limit = limit;
    }

    String text() {
        return text;
    }

    /** Whether the migration waits until it is over; the others may last for hours, and slow it down. */
    boolean pauses() {
        return pauses;
    }

    /** Null where there is none. */
    Integer limit(Limits limits) {
        return limit.apply(limits);
    }
}
