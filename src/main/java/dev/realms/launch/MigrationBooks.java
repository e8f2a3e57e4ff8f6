package dev.realms.launch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the migration's books, in statements too short to hold back what the migration cleans up. */
final class MigrationBooks implements AutoCloseable {

    private static final String FINDINGS = """
            SELECT format('%s: %s (%s): %s%s', f->>'code', f->>'description', f->>'count',
                          (SELECT string_agg(id, ', ') FROM jsonb_array_elements_text(f->'ids') AS id),
                          CASE WHEN (f->>'count')::bigint > jsonb_array_length(f->'ids') THEN ', …' END)
            FROM (SELECT report FROM migration.reports WHERE kind = 'preflight' ORDER BY id DESC LIMIT 1) AS last,
                 jsonb_array_elements(report->'findings') AS f
            WHERE (f->>'blocks')::boolean
            """;

    /** In place of {@code migrated} while a finalization is at work, and when one has ended early. */
    static final String FINALIZING = "finalizing";

    static final String NOT_FINALIZED = "not-finalized";

    private static final String STATE = """
            SELECT state, reason, changed_at, clock_timestamp(), throttle_signal || ': ' || throttle_value || ', limit ' || throttle_limit
            FROM migration.state, migration.vitals
            """;

    private static final String STATE_OF_FINALIZATION = """
            SELECT CASE WHEN state <> 'migrated' OR kind IS NULL THEN state WHEN ended_at IS NULL THEN 'finalizing' ELSE 'not-finalized' END,
                   coalesce(outcome, reason), greatest(changed_at, asked_at, ended_at), clock_timestamp(), NULL
            FROM migration.state LEFT JOIN migration.runs ON kind = 'finalize-realms'
            """;

    private static final String TABLES = """
            SELECT table_name, total, done_before, done, started_at, ended_at FROM migration.progress
            WHERE table_name %s LIKE 'rollback: %%' ORDER BY position
            """;

    private static final String STEPS_OF_FINALIZATION = """
            SELECT step, total, 0, done, begun_at, ended_at FROM migration.runs WHERE kind = 'finalize-realms' AND step IS NOT NULL
            """;

    private final Connector owner;
    private final Goal goal;
    private Connection connection;

    MigrationBooks(Connector owner, Goal goal) {
        this.owner = owner;
        this.goal = goal;
    }

    /** Empty as long as there are none, or the database can't be asked just now. */
    Optional<MigrationProgress> read() {
        try {
            if (connection == null) {
                connection = owner.connect();
            }
            return isThere() ? Optional.of(readState()) : Optional.empty();
        } catch (SQLException unreachable) {
            close();
            return Optional.empty();
        }
    }

    /** What the last preflight found in the way, a line for each: what it is, and the first rows. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FINDINGS)) {
            while (row.next()) {
                findings.add(row.getString(1));
            }
        } catch (SQLException unreachable) {
            close();
        }
        return findings;
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException alreadyGone) {
            // Nothing is left to give back.
        } finally {
            connection = null;
        }
    }

    private boolean isThere() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT to_regclass('migration.state') IS NOT NULL AND to_regclass('migration.vitals') IS NOT NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private MigrationProgress readState() throws SQLException {
        List<TableProgress> tables = readTables();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(goal == Goal.FINALIZED ? STATE_OF_FINALIZATION : STATE)) {
            row.next();
            return new MigrationProgress(
                    goal,
                    row.getString(1),
                    Optional.ofNullable(row.getString(2)),
                    Optional.ofNullable(row.getString(5)),
                    instant(row, 3),
                    instant(row, 4),
                    tables);
        }
    }

    private String steps() {
        return switch (goal) {
            case MIGRATED -> TABLES.formatted("NOT");
            case ROLLED_BACK, CALLED_OFF -> TABLES.formatted("");
            case FINALIZED -> STEPS_OF_FINALIZATION;
        };
    }

    private List<TableProgress> readTables() throws SQLException {
        List<TableProgress> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(steps())) {
            while (row.next()) {
                tables.add(new TableProgress(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        Optional.ofNullable(instant(row, 5)),
                        Optional.ofNullable(instant(row, 6))));
            }
        }
        return tables;
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
