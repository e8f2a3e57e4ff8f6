package dev.realms.realm.isolation.audit;

import dev.realms.realm.isolation.audit.AuditReport.AuditCheck;
import dev.realms.realm.isolation.audit.Invariants.Invariant;
import dev.realms.sql.FoundRows;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
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
            SELECT relname AS id FROM pg_class c
            WHERE relnamespace = 'realms'::regnamespace AND relkind IN ('r', 'p') AND row_security_active(c.oid)
            """;

    /** How many rows a report names. */
    private static final int NAMED_ROWS = 20;

    private final Connection connection;
    private final Listener listener;
    private final Map<String, Long> counts = new HashMap<>();
    private final List<AuditCheck> checks = new ArrayList<>();

    /** Called before each check. What it throws ends the audit. */
    @FunctionalInterface
    public interface Listener {
        void before(String check, int done, int total);
    }

    private IsolationAudit(Connection connection, Listener listener) {
        this.connection = connection;
        this.listener = listener;
    }

    /** @param connection of the schema's owner, in a transaction in which all statements see one snapshot */
    public static AuditReport run(Connection connection, Listener listener) throws SQLException {
        return new IsolationAudit(connection, listener).run();
    }

    private AuditReport run() throws SQLException {
        long start = System.nanoTime();
        Sql.execute(connection, TABLES_ONLY);
        Instant at = Sql.first(connection, row -> row.getTimestamp(1).toInstant(), "SELECT clock_timestamp()")
                .orElseThrow();
        FoundRows hidden = FoundRows.of(connection, HIDDEN, NAMED_ROWS);
        add("sees-every-row", "*", hidden.count(), hidden, start);
        // Whoever does not see all of it must not say anything about the rest.
        if (hidden.count() == 0) {
            askEveryRow(start);
        }
        return AuditReport.of(at, millisecondsSince(start), checks);
    }

    private void askEveryRow(long start) throws SQLException {
        Coverage coverage = Coverage.of(connection);
        List<String> missed = coverage.missed();
        add("all-covered", "*", coverage.size(), new FoundRows(missed.size(), missed), start);
        String state =
                Sql.texts(connection, "SELECT state FROM migration.state").get(0);
        boolean finalized = state.equals("finalized");
        List<Invariant> invariants = Invariants.of(coverage, finalized);
        for (int i = 0; i < invariants.size(); i++) {
            Invariant invariant = invariants.get(i);
            listener.before(invariant.name() + " " + invariant.table(), i, invariants.size());
            long asked = System.nanoTime();
            long rows = count(invariant.rows());
            FoundRows wrong = FoundRows.of(connection, invariant.wrong(), NAMED_ROWS);
            add(invariant.name(), invariant.table(), rows, wrong, asked);
        }
    }

    private void add(String check, String table, long rows, FoundRows wrong, long start) {
        checks.add(new AuditCheck(
                check,
                table,
                wrong.count() == 0,
                rows,
                wrong.count(),
                wrong.ids().stream().limit(NAMED_ROWS).toList(),
                millisecondsSince(start)));
    }

    private long count(String rows) throws SQLException {
        Long known = counts.get(rows);
        if (known == null) {
            known = Sql.count(connection, rows);
            counts.put(rows, known);
        }
        return known;
    }

    private static long millisecondsSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }
}
