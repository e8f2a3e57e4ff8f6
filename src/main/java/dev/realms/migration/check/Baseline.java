package dev.realms.migration.check;

import dev.realms.ops.Snapshots;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What the tables held before the first row was moved, to be compared with afterwards. */
public final class Baseline {

    private Baseline() {}

    /**
     * Takes it unless there is one: a later run compares with what was before the first.
     *
     * @param connection in auto-commit mode
     * @return whether it was taken now
     */
    public static boolean take(Connection connection) throws SQLException {
        return Snapshots.write(connection, statement -> {
            if (exists(statement)) {
                return false;
            }
            // What the snapshot shows of the changes is in the tables already; what it does not show will count.
            statement.execute("DELETE FROM migration.changes");
            for (String table : Tables.ALL) {
                statement.execute("""
                        INSERT INTO migration.baseline (table_name, id_ending, row_count, checksum, taken_at)
                        SELECT '%1$s', right(id::text, 3), count(*), sum(migration.row_checksum(t)), now() FROM %1$s AS t GROUP BY 2
                        """.formatted(table));
            }
            return true;
        });
    }

    /** Adds up the noted changes, of which there is a line for each, to one for each part of a table. */
    public static void foldChanges(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (isKept(statement)) {
                statement.execute("""
                        WITH gone AS (DELETE FROM migration.changes RETURNING *)
                        INSERT INTO migration.changes (table_name, id_ending, row_count, checksum)
                        SELECT table_name, id_ending, sum(row_count), sum(checksum) FROM gone GROUP BY 1, 2
                        """);
            }
        }
    }

    /** Finalizing drops it, an empty database never had one. */
    static boolean isKept(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT to_regclass('migration.baseline') IS NOT NULL AND to_regclass('migration.changes') IS NOT NULL")) {
            row.next();
            return row.getBoolean(1) && exists(statement);
        }
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT FROM migration.baseline LIMIT 1")) {
            return row.next();
        }
    }
}
