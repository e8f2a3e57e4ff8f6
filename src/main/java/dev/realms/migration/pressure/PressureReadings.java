package dev.realms.migration.pressure;

import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/**
 * What PostgreSQL says of itself. Who may not read all statistics sees no replica's lag, and other roles' snapshots by number only.
 *
 * @param oldestSnapshot the number of the oldest snapshot, or null
 */
record PressureReadings(Map<PressureSignal, Long> values, long walBytes, String oldestSnapshot) {

    /** A session in a transaction holds the lock of its virtual id, which everybody may see; its state is not for everybody. */
    private static final String SQL = """
            WITH all_locks AS MATERIALIZED (SELECT * FROM pg_locks),
            ours AS (
              SELECT pid FROM all_locks WHERE locktype = 'advisory' AND granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND ((classid::bigint << 32) | objid::bigint) = ANY (?)
              UNION SELECT pg_backend_pid()),
            locks AS (SELECT * FROM all_locks WHERE pid IS NOT NULL AND pid NOT IN (SELECT pid FROM ours)),
            wal AS (SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS bytes, pg_size_bytes(current_setting('wal_segment_size')) AS segment),
            archived AS (
              SELECT ('x' || substr(name, 9, 8))::bit(32)::bigint * (4294967296 / segment) + ('x' || substr(name, 17, 8))::bit(32)::bigint AS file
              FROM wal, (SELECT coalesce(last_archived_wal, last_failed_wal) AS name FROM pg_stat_archiver) AS archiver
              WHERE name ~ '^[0-9A-F]{24}' AND current_setting('archive_mode') <> 'off'),
            snapshots AS (
              SELECT backend_xmin, xact_start FROM pg_stat_activity WHERE backend_xmin IS NOT NULL AND pid NOT IN (SELECT pid FROM ours)
              UNION ALL SELECT transaction, prepared FROM pg_prepared_xacts)
            SELECT (SELECT coalesce(extract(epoch FROM max(replay_lag)), 0)::bigint FROM pg_stat_replication) AS replica_lag,
                   (SELECT count(DISTINCT pid) FROM locks WHERE NOT granted AND locktype <> 'advisory') AS lock_waits,
                   (SELECT count(DISTINCT pid) FROM locks WHERE granted AND locktype = 'virtualxid') AS sessions,
                   (SELECT bytes::bigint FROM wal) AS wal_bytes,
                   coalesce((SELECT greatest(0, floor(bytes / segment) - file - 1)::bigint FROM wal, archived), 0) AS archive_queue,
                   (SELECT count(DISTINCT pid) FROM locks WHERE granted AND mode = 'ShareUpdateExclusiveLock' AND relation = to_regclass(?)
                      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS maintenance,
                   (SELECT coalesce(extract(epoch FROM max(clock_timestamp() - xact_start)), 0)::bigint FROM snapshots) AS snapshot_age,
                   (SELECT backend_xmin::text FROM snapshots ORDER BY age(backend_xmin) DESC LIMIT 1) AS oldest_snapshot
            """;

    private static PressureReadings of(ResultSet row) throws SQLException {
        Map<PressureSignal, Long> values = new EnumMap<>(PressureSignal.class);
        values.put(PressureSignal.REPLICA_LAG, row.getLong("replica_lag"));
        values.put(PressureSignal.LOCK_WAITS, row.getLong("lock_waits"));
        values.put(PressureSignal.ACTIVE_SESSIONS, row.getLong("sessions"));
        values.put(PressureSignal.ARCHIVE_QUEUE, row.getLong("archive_queue"));
        values.put(PressureSignal.TABLE_MAINTENANCE, row.getLong("maintenance"));
        values.put(PressureSignal.SNAPSHOT_AGE, row.getLong("snapshot_age"));
        return new PressureReadings(values, row.getLong("wal_bytes"), row.getString("oldest_snapshot"));
    }

    /** @param ours keys of the advisory locks by which the migration's own sessions are known */
    static PressureReadings take(Connection connection, String table, Long... ours) throws SQLException {
        return Sql.first(connection, PressureReadings::of, SQL, ours, "realms." + table)
                .orElseThrow();
    }
}
