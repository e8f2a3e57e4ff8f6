package dev.realms.migration.pressure;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * How fast the migration may go, and what makes it slow down. Operators change it at any time, while it runs too. A limit of
 * pressure that is null is no limit.
 *
 * @param targetMilliseconds how long one transaction should last
 * @param floorRows the fewest rows of a transaction, however long they take
 * @param ceilingRows the most rows of a transaction
 * @param parallelism how many transactions at once
 * @param replicaLagSeconds how far a replica may be behind
 * @param lockWaits how many sessions may wait for a lock, the migration's own aside
 * @param activeSessions how many sessions may be in a transaction, the migration's own aside
 * @param transactionMilliseconds how long a transaction of the migration may have lasted
 * @param walMegabytesPerSecond how much write-ahead log the whole server may write, in the mean of some seconds
 * @param archiveQueueFiles how many files of it may wait to be archived
 * @param tableMaintenance how many sessions may vacuum or analyse the table at work, or build an index on it
 * @param snapshotAgeSeconds how old a snapshot may be
 */
public record Limits(
        @NotNull @Min(10) @Max(10_000) Integer targetMilliseconds,
        @NotNull @Min(1) @Max(10_000) Integer floorRows,
        @NotNull @Min(1) @Max(100_000) Integer ceilingRows,
        @NotNull @Min(1) @Max(MOST_WORKERS) Integer parallelism,
        @Min(0) @Max(86_400) Integer replicaLagSeconds,
        @Min(0) @Max(100_000) Integer lockWaits,
        @Min(0) @Max(100_000) Integer activeSessions,
        @Min(10) @Max(100_000) Integer transactionMilliseconds,
        @Min(1) @Max(100_000) Integer walMegabytesPerSecond,
        @Min(0) @Max(100_000) Integer archiveQueueFiles,
        @Min(0) @Max(100_000) Integer tableMaintenance,
        @Min(1) @Max(86_400) Integer snapshotAgeSeconds) {

    /** The owner's pool of connections has to hold them, and some more for operators. */
    public static final int MOST_WORKERS = 8;

    public static final Limits DEFAULT = new Limits(100, 100, 20_000, 1, 10, 5, 50, 1_000, 100, 50, 0, 300);
}
