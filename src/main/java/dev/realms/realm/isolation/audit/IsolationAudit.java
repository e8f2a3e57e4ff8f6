package dev.realms.realm.isolation.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks every invariant of the rows themselves. Constraints, whether they were validated and what is declared about a column are
 * not believed, and no index is: only the tables are read.
 */
public final class IsolationAudit {

    /** An index may lack what the table holds, and row-level security that binds us is an error instead of an empty answer. */
    private static final String TABLES_ONLY = "SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off;"
            + " SET LOCAL enable_bitmapscan = off; SET LOCAL row_security = off";

    private static final String HIDDEN = """
            SELECT relname, count(*) OVER () FROM pg_class c
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND row_security_active(c.oid) ORDER BY 1
            """;

    private final Statement statement;
    private final Listener listener;
    private final Map<String, Long> counts = new HashMap<>();
    private final List<AuditCheck> checks = new ArrayList<>();

    /** Called before each check. What it throws ends the audit. */
    @FunctionalInterface
    public interface Listener {
        void before(String check, int done, int total);
    }

    private IsolationAudit(Statement statement, Listener listener) {
        this.statement = statement;
        this.listener = listener;
    }

    /** @param statement of the schema's owner, in a transaction in which all statements see one snapshot */
    public static AuditReport run(Statement statement, Listener listener) throws SQLException {
        return new IsolationAudit(statement, listener).run();
    }

    private AuditReport run() throws SQLException {
        long start = System.nanoTime();
        statement.execute(TABLES_ONLY);
        Instant at = snapshotTime();
        if (seesEveryRow()) {
            Coverage coverage = Coverage.of(statement);
            add(
                    "all-covered",
                    "*",
                    coverage.size(),
                    coverage.missed(),
                    coverage.missed().size(),
                    start);
            List<Invariant> invariants =
                    Invariants.of(coverage, isState("migrated", "finalized"), isState("finalized"));
            for (int i = 0; i < invariants.size(); i++) {
                Invariant invariant = invariants.get(i);
                listener.before(invariant.name() + " " + invariant.table(), i, invariants.size());
                ask(invariant);
            }
        }
        return AuditReport.of(at, millisecondsSince(start), checks);
    }

    /** Whoever does not see all of it must not say anything about the rest. */
    private boolean seesEveryRow() throws SQLException {
        long start = System.nanoTime();
        try (ResultSet row = statement.executeQuery(HIDDEN)) {
            List<String> hidden = new ArrayList<>();
            long count = 0;
            while (row.next()) {
                hidden.add(row.getString(1));
                count = row.getLong(2);
            }
            add("sees-every-row", "*", count, hidden, count, start);
            return hidden.isEmpty();
        }
    }

    private void ask(Invariant invariant) throws SQLException {
        long start = System.nanoTime();
        long rows = count(invariant.rows());
        List<String> ids = new ArrayList<>();
        long violations = 0;
        try (ResultSet row = statement.executeQuery("SELECT id, count(*) OVER () FROM (" + invariant.wrong()
                + ") AS wrong ORDER BY id LIMIT " + AuditCheck.NAMED_ROWS)) {
            while (row.next()) {
                ids.add(row.getString(1));
                violations = row.getLong(2);
            }
        }
        add(invariant.name(), invariant.table(), rows, ids, violations, start);
    }

    private void add(String check, String table, long rows, List<String> ids, long violations, long start) {
        checks.add(new AuditCheck(
                check,
                table,
                violations == 0,
                rows,
                violations,
                ids.stream().limit(AuditCheck.NAMED_ROWS).toList(),
                millisecondsSince(start)));
    }

    private long count(String rows) throws SQLException {
        Long known = counts.get(rows);
        if (known == null) {
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + rows)) {
                row.next();
                known = row.getLong(1);
            }
            counts.put(rows, known);
        }
        return known;
    }

    private boolean isState(String... states) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT state FROM migration.state")) {
            row.next();
            return List.of(states).contains(row.getString(1));
        }
    }

    private Instant snapshotTime() throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            return row.getTimestamp(1).toInstant();
        }
    }

    private static long millisecondsSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }
}
