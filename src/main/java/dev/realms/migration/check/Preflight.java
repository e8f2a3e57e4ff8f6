package dev.realms.migration.check;

import dev.realms.owner.Snapshots;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at everything that could get in the way of the migration, in one snapshot, and changes nothing. */
public final class Preflight {

    /** Rows that get their realm in a second on two cores with PostgreSQL 15, as measured with the legacy load. */
    static final long ROWS_PER_SECOND = 30_000;

    /** What contract and verification take on top, per row. */
    static final long ROWS_PER_SECOND_AFTERWARDS = 40_000;

    private Preflight() {}

    /** @param connection of the schema owner, in auto-commit mode */
    public static PreflightReport run(Connection connection) throws SQLException {
        return Snapshots.read(connection, statement -> {
            Map<String, Long> rows = new LinkedHashMap<>();
            Map<String, Long> left = new LinkedHashMap<>();
            rows.put("users", count(statement, "users"));
            left.put(
                    "users",
                    count(
                            statement,
                            "users WHERE NOT EXISTS (SELECT FROM realms WHERE user_id = users.id AND is_default)"));
            for (String table : Tables.OWNED) {
                rows.put(table, count(statement, table));
                left.put(table, count(statement, table + " WHERE realm_id IS NULL"));
            }
            List<Finding> findings = new ArrayList<>();
            for (Questions question : Questions.values()) {
                Finding finding = ask(statement, question);
                if (finding.count() > 0) {
                    findings.add(finding);
                }
            }
            long seconds = sum(left) / ROWS_PER_SECOND + sum(rows) / ROWS_PER_SECOND_AFTERWARDS + 1;
            return new PreflightReport(
                    findings.stream().noneMatch(Finding::blocks), rows, left, seconds, List.copyOf(findings));
        });
    }

    private static Finding ask(Statement statement, Questions question) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT id, count(*) OVER () FROM (" + question.sql()
                + ") AS found ORDER BY id LIMIT " + Check.NAMED_ROWS)) {
            List<String> ids = new ArrayList<>();
            long count = 0;
            while (row.next()) {
                ids.add(row.getString(1));
                count = row.getLong(2);
            }
            List<String> answers = question.blocks() ? List.of("refuse") : List.of();
            return new Finding(question.code(), question.blocks(), question.description(), count, ids, answers);
        }
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long count(Statement statement, String from) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + from)) {
            row.next();
            return row.getLong(1);
        }
    }
}
