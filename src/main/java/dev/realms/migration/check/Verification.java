package dev.realms.migration.check;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Asks whether every row is still there, unchanged, and where it belongs. Reads one snapshot and changes nothing. */
public final class Verification {

    private static final String UNCHANGED = """
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
                     coalesce(e.row_count, 0) <> coalesce(f.row_count, 0) OR coalesce(e.checksum, 0) <> coalesce(f.checksum, 0) AS differs
              FROM expected e FULL JOIN found f USING (id_ending))
            SELECT sum(expected), sum(found), array_agg(id_ending ORDER BY id_ending) FILTER (WHERE differs) FROM compared
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
            for (String table : Tables.OWNED) {
                checks.add(none(statement, "has-realm", table, "SELECT id FROM " + table + " WHERE realm_id IS NULL"));
                checks.add(none(statement, "realm-of-owner", table, outsideOwnersRealms(table)));
            }
            checks.add(none(
                    statement,
                    "reference-in-realm",
                    "databases",
                    elsewhere("databases", "server_id", "database_servers")));
            checks.add(none(
                    statement, "reference-in-realm", "documents", elsewhere("documents", "database_id", "databases")));
            checks.add(none(statement, "reference-in-realm", "jobs", elsewhere("jobs", "document_id", "documents")));
            checks.add(
                    none(
                            statement,
                            "one-default-realm",
                            "users",
                            "SELECT id FROM users WHERE 1 <> (SELECT count(*) FROM realms WHERE user_id = users.id AND is_default AND is_active)"));
            return VerificationReport.of(checks);
        });
    }

    private static String outsideOwnersRealms(String table) {
        return ("SELECT id FROM %1$s WHERE realm_id IS NOT NULL AND NOT EXISTS"
                        + " (SELECT FROM realms WHERE realms.id = %1$s.realm_id AND realms.user_id = %1$s.user_id AND is_active)")
                .formatted(table);
    }

    private static String elsewhere(String table, String reference, String target) {
        return ("SELECT id FROM %1$s WHERE %2$s IS NOT NULL AND realm_id IS NOT NULL AND NOT EXISTS"
                        + " (SELECT FROM %3$s AS target WHERE target.id = %1$s.%2$s AND target.realm_id = %1$s.realm_id)")
                .formatted(table, reference, target);
    }

    private static Check unchanged(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery(UNCHANGED.formatted(table))) {
            row.next();
            List<String> endings = row.getArray(3) == null
                    ? List.of()
                    : List.of((String[]) row.getArray(3).getArray());
            List<String> named = endings.stream()
                    .limit(Check.NAMED_ROWS)
                    .map(ending -> "…" + ending)
                    .toList();
            return new Check("unchanged", table, endings.isEmpty(), row.getLong(1), row.getLong(2), named);
        }
    }

    private static Check none(Statement statement, String check, String table, String wrongRows) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT id, count(*) OVER () FROM (" + wrongRows
                + ") AS wrong ORDER BY id LIMIT " + Check.NAMED_ROWS)) {
            List<String> ids = new ArrayList<>();
            long found = 0;
            while (row.next()) {
                ids.add(row.getString(1));
                found = row.getLong(2);
            }
            return new Check(check, table, ids.isEmpty(), 0, found, ids);
        }
    }
}
