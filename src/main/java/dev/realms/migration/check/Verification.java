package dev.realms.migration.check;

import dev.realms.ops.Snapshots;
import dev.realms.realm.isolation.audit.IsolationAudit;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Asks whether every row is still there and unchanged, and last, by the isolation audit, whether it is where it belongs. Reads one snapshot and changes nothing. */
public final class Verification {

    /** A difference is named after what differs by how much: what the application changes meanwhile, which is noted, names it the same. */
    static final String COMPARED = """
            WITH expected AS (
              SELECT id_ending, sum(row_count) AS row_count, sum(checksum) AS checksum
              FROM (SELECT * FROM (SELECT table_name, id_ending, row_count, checksum FROM migration.baseline) AS b
                    UNION ALL SELECT table_name, id_ending, row_count, checksum FROM migration.changes) AS known
              WHERE table_name = '%1$s' GROUP BY id_ending),
            found AS (
              SELECT right(id::text, 3) AS id_ending, count(*) AS row_count, sum(migration.row_checksum(t)) AS checksum
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

    private Verification() {}

    /** @param connection of the schema owner, whom row-level security does not bind, in auto-commit mode */
    public static VerificationReport run(Connection connection) throws SQLException {
        return Snapshots.read(connection, statement -> {
            List<Check> checks = new ArrayList<>();
            if (Baseline.isKept(statement)) {
                for (String table : Tables.ALL) {
                    checks.add(unchanged(statement, table));
                }
            }
            return VerificationReport.of(checks, IsolationAudit.run(statement, (check, done, total) -> {}));
        });
    }

    /** Whether the tables hold what they held, wherever their rows are; no checks where nobody wrote that down. As {@link #run}. */
    public static List<Check> unchanged(Connection connection) throws SQLException {
        return Snapshots.read(connection, statement -> {
            List<Check> checks = new ArrayList<>();
            if (Baseline.isKept(statement)) {
                for (String table : Tables.ALL) {
                    checks.add(unchanged(statement, table));
                }
            }
            return checks;
        });
    }

    private static Check unchanged(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                COMPARED.formatted(table) + "SELECT expected, found, id_endings, name FROM difference")) {
            row.next();
            List<String> endings = row.getArray(3) == null
                    ? List.of()
                    : List.of((String[]) row.getArray(3).getArray());
            List<String> named = endings.stream()
                    .limit(Check.NAMED_ROWS)
                    .map(ending -> "…" + ending)
                    .toList();
            return new Check(
                    "unchanged", table, endings.isEmpty(), row.getLong(1), row.getLong(2), named, row.getString(4));
        }
    }
}
