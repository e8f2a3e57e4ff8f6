package dev.realms.migration.pressure;

import dev.realms.sql.Sql;
import dev.realms.web.json.RecordJson;
import dev.realms.web.problem.DomainException;
import jakarta.annotation.Nullable;
import jakarta.json.JsonObject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

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
        @Min(0) @Max(86_400) @Nullable Integer replicaLagSeconds,
        @Min(0) @Max(100_000) @Nullable Integer lockWaits,
        @Min(0) @Max(100_000) @Nullable Integer activeSessions,
        @Min(10) @Max(100_000) @Nullable Integer transactionMilliseconds,
        @Min(1) @Max(100_000) @Nullable Integer walMegabytesPerSecond,
        @Min(0) @Max(100_000) @Nullable Integer archiveQueueFiles,
        @Min(0) @Max(100_000) @Nullable Integer tableMaintenance,
        @Min(1) @Max(86_400) @Nullable Integer snapshotAgeSeconds) {

    /** The owner's pool of connections has to hold them, and some more for operators. */
    public static final int MOST_WORKERS = 8;

    public static final Limits DEFAULT = new Limits(100, 100, 20_000, 1, 10, 5, 50, 1_000, 100, 50, 0, 300);

    /** Those that hold on every node and through every restart: what operators have set, and the defaults of all others. */
    public static Limits read(Connection connection) throws SQLException {
        Map<String, Integer> values = new HashMap<>();
        RecordJson.json(DEFAULT).forEach((name, value) -> values.put(name, Integer.valueOf(value.toString())));
        Sql.list(
                connection,
                row -> values.put(row.getString(1), row.getObject(2, Integer.class)),
                "SELECT name, value FROM migration.limits");
        return new Limits(
                values.get("targetMilliseconds"),
                values.get("floorRows"),
                values.get("ceilingRows"),
                values.get("parallelism"),
                values.get("replicaLagSeconds"),
                values.get("lockWaits"),
                values.get("activeSessions"),
                values.get("transactionMilliseconds"),
                values.get("walMegabytesPerSecond"),
                values.get("archiveQueueFiles"),
                values.get("tableMaintenance"),
                values.get("snapshotAgeSeconds"));
    }

    /** Of those who change limits at once, each sees what the others have set; to be called in a transaction. */
    static Limits lock(Connection connection) throws SQLException {
        Sql.execute(connection, "LOCK TABLE migration.limits IN SHARE ROW EXCLUSIVE MODE");
        return read(connection);
    }

    /**
     * @param names those that are set; the others stay as they are
     * @throws DomainException {@code validation}
     */
    void write(Connection connection, Set<String> names) throws SQLException {
        if (floorRows > ceilingRows) {
            throw DomainException.invalid("floorRows", "must not be above ceilingRows");
        }
        JsonObject values = RecordJson.json(this);
        for (String name : names) {
            Sql.update(
                    connection,
                    "INSERT INTO migration.limits (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    name,
                    values.isNull(name) ? null : values.getInt(name));
        }
    }
}
