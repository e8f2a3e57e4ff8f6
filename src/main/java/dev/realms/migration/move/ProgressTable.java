package dev.realms.migration.move;

import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** What is done and left, a line for each table, for whoever watches. Nothing is decided by it. */
public final class ProgressTable {

    private ProgressTable() {}

    /**
     * @param total all rows there were when this run began
     * @param doneBefore how many of them had been done by then
     * @param startedAt of this run; null until the table's turn comes
     */
    public record Line(String table, long total, long doneBefore, long done, Instant startedAt, Instant endedAt) {}

    /** Counts what is there and what is left; forgets what an earlier run recorded. */
    public static void reset(Connection connection) throws SQLException {
        List<Portions> tables = Portions.ALL;
        for (int i = 0; i < tables.size(); i++) {
            long total = tables.get(i).countAll(connection);
            long done = Math.max(0, total - tables.get(i).countLeft(connection));
            Sql.update(connection, """
                    INSERT INTO migration.progress AS p (table_name, position, total, done, done_before) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (table_name) DO UPDATE SET total = excluded.total, done = excluded.done,
                      done_before = excluded.done_before, started_at = NULL, ended_at = NULL
                    """, tables.get(i).table(), i + 1, total, done, done);
        }
    }

    public static void begin(Connection connection, String table) throws SQLException {
        update(connection, "started_at = coalesce(started_at, clock_timestamp())", table);
    }

    /** In the transaction that did the rows. */
    static void advance(Connection connection, String table, int rows) throws SQLException {
        update(connection, "checkpoint_at = clock_timestamp(), done = done + " + rows, table);
    }

    /** Rows that came or went meanwhile are no part of the count: done is done. What could not be done is. */
    public static void end(Connection connection, Portions portions) throws SQLException {
        long left = FailedChunks.rowsLeft(connection, portions);
        update(
                connection,
                "done = greatest(0, total - " + left + "), ended_at = coalesce(ended_at, clock_timestamp())",
                portions.table());
    }

    public static List<Line> read(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                row -> new Line(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        Sql.instant(row, 5),
                        Sql.instant(row, 6)),
                "SELECT table_name, total, done_before, done, started_at, ended_at FROM migration.progress ORDER BY position");
    }

    private static void update(Connection connection, String change, String table) throws SQLException {
        Sql.update(connection, "UPDATE migration.progress SET " + change + " WHERE table_name = ?", table);
    }
}
