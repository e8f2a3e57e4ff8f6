package dev.realms.launch;

import dev.realms.launch.Goal.Position;
import dev.realms.migration.move.Progress;
import dev.realms.migration.move.Progress.Line;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.StateRow;
import dev.realms.migration.state.StateStore;
import dev.realms.migration.state.Vitals;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads how far a database is, in statements too short to hold back what the migration cleans up. */
final class ProgressReader implements AutoCloseable {

    private static final String FINDINGS = """
            SELECT format('%s: %s (%s): %s%s', f->>'code', f->>'description', f->>'count',
                          (SELECT string_agg(id, ', ') FROM jsonb_array_elements_text(f->'ids') AS id),
                          CASE WHEN (f->>'count')::bigint > jsonb_array_length(f->'ids') THEN ', …' END)
            FROM (SELECT report FROM migration.reports WHERE kind = 'preflight' ORDER BY id DESC LIMIT 1) AS last,
                 jsonb_array_elements(report->'findings') AS f
            WHERE (f->>'blocks')::boolean
            """;

    private static final String FINALIZATION = """
            SELECT step, total, done, begun_at, ended_at, outcome, greatest(asked_at, ended_at) AS changed_at FROM migration.runs
            WHERE kind = 'finalize-realms'
            """;

    private final Connector owner;
    private final Goal goal;
    private Connection connection;

    ProgressReader(Connector owner, Goal goal) {
        this.owner = owner;
        this.goal = goal;
    }

    Connector owner() {
        return owner;
    }

    /** Empty as long as the database has no states, or can't be asked just now. */
    Optional<MigrationProgress> read() {
        try {
            if (connection == null) {
                connection = owner.connect();
            }
            return isThere() ? Optional.of(readAll()) : Optional.empty();
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
                ResultSet row = statement.executeQuery("SELECT to_regclass('migration.vitals') IS NOT NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private MigrationProgress readAll() throws SQLException {
        if (goal == Goal.FINALIZED) {
            return readFinalization();
        }
        boolean back = goal != Goal.MIGRATED;
        // Before the state: of a migration that has ended no table is shown half done.
        List<Line> tables = Progress.read(connection).stream()
                .filter(line -> line.table().startsWith("rollback: ") == back)
                .toList();
        StateRow row = StateStore.read(connection);
        Optional<String> throttle = Optional.ofNullable(Vitals.read(connection).throttle())
                .map(why -> "%s: %d, limit %d".formatted(why.signal(), why.value(), why.limit()));
        return new MigrationProgress(
                goal.position(row.state()),
                row.state().text(),
                Optional.ofNullable(row.reason()),
                throttle,
                row.changedAt(),
                StateStore.now(connection),
                tables);
    }

    /** As long as the state is {@code migrated}, the run of the finalization says more than the state. */
    private MigrationProgress readFinalization() throws SQLException {
        StateRow row = StateStore.read(connection);
        Instant now = StateStore.now(connection);
        try (Statement statement = connection.createStatement();
                ResultSet run = statement.executeQuery(FINALIZATION)) {
            boolean begun = run.next();
            List<Line> step = begun && run.getString("step") != null ? List.of(step(run)) : List.of();
            if (!begun || row.state() != MigrationState.MIGRATED) {
                return new MigrationProgress(
                        goal.position(row.state()),
                        row.state().text(),
                        Optional.ofNullable(row.reason()),
                        Optional.empty(),
                        row.changedAt(),
                        now,
                        step);
            }
            boolean underWay = run.getTimestamp("ended_at") == null;
            return new MigrationProgress(
                    underWay ? Position.UNDER_WAY : Position.ENDED_EARLY,
                    underWay ? "finalizing" : "not-finalized",
                    Optional.ofNullable(run.getString("outcome")),
                    Optional.empty(),
                    instant(run, "changed_at"),
                    now,
                    step);
        }
    }

    private static Line step(ResultSet run) throws SQLException {
        return new Line(
                run.getString("step"),
                run.getLong("total"),
                0,
                run.getLong("done"),
                instant(run, "begun_at"),
                instant(run, "ended_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
