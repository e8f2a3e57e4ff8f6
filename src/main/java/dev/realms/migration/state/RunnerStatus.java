package dev.realms.migration.state;

import dev.realms.migration.pressure.ChunkSize;
import dev.realms.migration.pressure.Pressure.Throttle;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the running execution is, or how the last one was.
 *
 * @param heartbeatAt when its node last said that it is alive; null before the first
 * @param chunkRows rows of its last transaction; null before the first
 * @param parallelism how many transactions at once; null before the first
 * @param throttle why it is slower than it could be, or null
 */
public record RunnerStatus(
        Instant heartbeatAt,
        Integer chunkRows,
        Integer chunkMilliseconds,
        Integer parallelism,
        Throttle throttle,
        Instant lastCheckpointAt) {

    /** What the last transaction took tells how many rows the next may take. */
    public void resume(ChunkSize size) {
        if (chunkRows != null) {
            size.resume(chunkRows, Duration.ofMillis(chunkMilliseconds));
        }
    }

    /** Alive, whatever it is at. */
    public static void beat(Connection connection) throws SQLException {
        Sql.execute(connection, "UPDATE migration.vitals SET heartbeat_at = clock_timestamp()");
    }

    /** Of a run that has just begun the heartbeat may be that of the one before. */
    static boolean isSilent(Connection connection) throws SQLException {
        return Sql.exists(
                connection,
                "migration.vitals, migration.state WHERE greatest(heartbeat_at, changed_at) < clock_timestamp() - interval '1 minute'");
    }

    public static void write(Connection connection, ChunkSize size, int parallelism, Optional<Throttle> throttle)
            throws SQLException {
        Sql.update(
                connection,
                """
                UPDATE migration.vitals SET heartbeat_at = clock_timestamp(), chunk_rows = ?, chunk_milliseconds = ?, parallelism = ?,
                  throttle_signal = ?, throttle_value = ?, throttle_limit = ?, throttle_since = ?
                """,
                size.lastRows(),
                (int) size.last().toMillis(),
                parallelism,
                throttle.map(Throttle::signal).orElse(null),
                throttle.map(Throttle::value).orElse(null),
                throttle.map(Throttle::limit).orElse(null),
                throttle.map(Throttle::since).map(Timestamp::from).orElse(null));
    }

    public static RunnerStatus read(Connection connection) throws SQLException {
        return Sql.first(
                        connection,
                        RunnerStatus::of,
                        "SELECT v.*, (SELECT max(checkpoint_at) FROM migration.progress) AS checkpoint_at FROM migration.vitals AS v")
                .orElseThrow();
    }

    private static RunnerStatus of(ResultSet row) throws SQLException {
        String signal = row.getString("throttle_signal");
        return new RunnerStatus(
                Sql.instant(row, "heartbeat_at"),
                row.getObject("chunk_rows", Integer.class),
                row.getObject("chunk_milliseconds", Integer.class),
                row.getObject("parallelism", Integer.class),
                signal == null
                        ? null
                        : new Throttle(
                                signal,
                                row.getLong("throttle_value"),
                                row.getLong("throttle_limit"),
                                Sql.instant(row, "throttle_since")),
                Sql.instant(row, "checkpoint_at"));
    }
}
