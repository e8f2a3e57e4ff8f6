package dev.realms.migration.check;

import dev.realms.ops.Snapshots;
import dev.realms.realm.isolation.RealmTables;
import dev.realms.sql.Sql;
import jakarta.annotation.Nullable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the tables held before the first row was moved, and whether they still hold it. */
public final class Baseline {

    /** A difference is named after what differs by how much: what the application changes meanwhile, which is noted, names it the same. */
    static final String COMPARED = """
            WITH expected AS (
              SELECT id_ending, sum(row_count) AS row_count, sum(checksum) AS checksum
              FROM (SELECT * FROM (SELECT table_name, id_ending, row_count, checksum FROM migration.baseline) AS b
                    UNION ALL SELECT table_name, id_ending, row_count, checksum FROM migration.changes) AS known
              WHERE table_name = '%1$s' GROUP BY id_ending),
            found AS (
              SELECT right(id::text, 3) AS id_ending, count(*) AS row_count, sum(migration.row_checksum(t.*)) AS checksum
              FROM %1$s AS t GROUP BY 1),
            compared AS (
              SELECT id_ending, coalesce(e.row_count, 0) AS expected, coalesce(f.row_count, 0) AS found,
                     coalesce(f.row_count, 0) - coalesce(e.row_count, 0) AS rows_by, coalesce(f.checksum, 0) - coalesce(e.checksum, 0) AS checksum_by
              FROM expected e FULL JOIN found f USING (id_ending)),
            difference AS (
              SELECT sum(expected) AS expected, sum(found) AS found,
                     array_agg(id_ending ORDER BY id_ending) FILTER (WHERE rows_by <> 0 OR checksum_by <> 0) AS id_endings,
                     '%1$s-' || left(encode(sha256(convert_to(string_agg(concat_ws(' ', id_ending, rows_by, checksum_by), ',' ORDER BY id_ending)
                       FILTER (WHERE rows_by <> 0 OR checksum_by <> 0), 'UTF8')), 'hex'), 8) AS name
              FROM compared)
            """;

    /** How many id endings of wrong rows a report names. */
    private static final int NAMED_ENDINGS = 20;

    /**
     * Whether a table still holds what it held.
     *
     * @param check {@code unchanged}
     * @param expected how many rows there should be
     * @param found how many there are
     * @param rows which ones differ, the first of them: the last characters of the ids
     * @param difference the name that this very difference can be accepted by, whatever is written meanwhile; null where there is none
     */
    public record TableCheck(
            String check,
            String table,
            boolean passed,
            long expected,
            long found,
            List<String> rows,
            @Nullable String difference) {}

    private Baseline() {}

    /**
     * Takes it unless there is one: a later run compares with what was before the first.
     *
     * @param connection in auto-commit mode
     * @return whether it was taken now
     */
    public static boolean take(Connection connection) throws SQLException {
        return Snapshots.write(connection, transaction -> {
            if (Sql.exists(transaction, "migration.baseline")) {
                return false;
            }
            // What the snapshot shows of the changes is in the tables already; what it does not show will count.
            Sql.execute(transaction, "DELETE FROM migration.changes");
            for (String table : RealmTables.PRE_REALM) {
                Sql.execute(transaction, """
                        INSERT INTO migration.baseline (table_name, id_ending, row_count, checksum, taken_at)
                        SELECT '%1$s', right(id::text, 3), count(*), sum(migration.row_checksum(t.*)), now() FROM %1$s AS t GROUP BY 2
                        """.formatted(table));
            }
            return true;
        });
    }

    /** Adds up the noted changes, of which there is a line for each, to one for each part of a table. */
    public static void foldChanges(Connection connection) throws SQLException {
        if (isKept(connection)) {
            Sql.execute(connection, """
                    WITH gone AS (DELETE FROM migration.changes RETURNING *)
                    INSERT INTO migration.changes (table_name, id_ending, row_count, checksum)
                    SELECT table_name, id_ending, sum(row_count), sum(checksum) FROM gone GROUP BY 1, 2
                    """);
        }
    }

    /**
     * A check for each table, wherever its rows are by now; none where nobody wrote down what they held.
     *
     * @param snapshot a transaction in which all statements see one snapshot
     */
    static List<TableCheck> compare(Connection snapshot) throws SQLException {
        List<TableCheck> checks = new ArrayList<>();
        if (isKept(snapshot)) {
            for (String table : RealmTables.PRE_REALM) {
                checks.add(Sql.first(
                                snapshot,
                                row -> check(table, row),
                                COMPARED.formatted(table) + "SELECT expected, found, id_endings, name FROM difference")
                        .orElseThrow());
            }
        }
        return checks;
    }

    /** Finalizing drops it, an empty database never had one. */
    private static boolean isKept(Connection connection) throws SQLException {
        return Sql.is(
                        connection,
                        "to_regclass('migration.baseline') IS NOT NULL AND to_regclass('migration.changes') IS NOT NULL")
                && Sql.exists(connection, "migration.baseline");
    }

    private static TableCheck check(String table, ResultSet row) throws SQLException {
        List<String> endings = row.getArray(3) == null
                ? List.of()
                : List.of((String[]) row.getArray(3).getArray());
        List<String> named = endings.stream()
                .limit(NAMED_ENDINGS)
                .map(ending -> "…" + ending)
                .toList();
        return new TableCheck(
                "unchanged", table, endings.isEmpty(), row.getLong(1), row.getLong(2), named, row.getString(4));
    }
}
