package dev.realms.migration.move;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
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
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO migration.progress AS p (table_name, position, total, done, done_before) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (table_name) DO UPDATE SET total = excluded.total, done = excluded.done,
                  done_before = excluded.done_before, started_at = NULL, ended_at = NULL
                """)) {
            for (int i = 0; i < tables.size(); i++) {
                long total = tables.get(i).countAll(connection);
                long done = total - tables.get(i).countLeft(connection);
                insert.setString(1, tables.get(i).table());
                insert.setInt(2, i + 1);
                insert.setLong(3, total);
                insert.setLong(4, Math.max(0, done));
                insert.setLong(5, Math.max(0, done));
                insert.executeUpdate();
            }
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
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT table_name, total, done_before, done, started_at, ended_at FROM migration.progress ORDER BY position")) {
            List<Line> lines = new ArrayList<>();
            while (row.next()) {
                lines.add(new Line(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        instant(row.getTimestamp(5)),
                        instant(row.getTimestamp(6))));
            }
            return lines;
        }
    }

    private static void update(Connection connection, String change, String table) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE migration.progress SET " + change + " WHERE table_name = ?")) {
            update.setString(1, table);
            update.executeUpdate();
        }
    }

    private static Instant instant(Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
