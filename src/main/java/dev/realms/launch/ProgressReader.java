package dev.realms.launch;

import dev.realms.launch.MigrationProgress.Goal;
import dev.realms.launch.MigrationProgress.Position;
import dev.realms.migration.move.ProgressTable;
import dev.realms.migration.move.ProgressTable.Line;
import dev.realms.migration.state.RunnerStatus;
import dev.realms.migration.state.StateStore;
import dev.realms.migration.state.StateStore.StateRow;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
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

    /** As long as the state is {@code migrated}, the run of a finalization says more than the state. */
    private static final String FINALIZATION = """
            SELECT CASE WHEN state = 'finalized' THEN state WHEN ended_at IS NULL THEN 'finalizing' ELSE 'not-finalized' END AS state,
                   outcome, greatest(changed_at, asked_at, ended_at) AS changed_at, clock_timestamp() AS now, step, total, done, begun_at, ended_at
            FROM migration.state, migration.runs WHERE kind = 'finalize-realms' AND state IN ('migrated', 'finalized')
            """;

    private final Connector owner;
    private final Goal goal;
    private Connection connection;

    ProgressReader(Connector owner, Goal goal) {
        this.owner = owner;
        this.goal = goal;
    }

    /** Empty as long as the database has no states, or can't be asked just now. */
    Optional<MigrationProgress> read() {
        try {
            if (connection == null) {
                connection = owner.connect();
            }
            if (!Sql.is(connection, "to_regclass('migration.vitals') IS NOT NULL")) {
                return Optional.empty();
            }
            Optional<MigrationProgress> finalization = goal == Goal.FINALIZED
                    ? Sql.first(connection, ProgressReader::finalization, FINALIZATION)
                    : Optional.empty();
            return finalization.isPresent() ? finalization : Optional.of(readTables());
        } catch (SQLException unreachable) {
            close();
            return Optional.empty();
        }
    }

    /** What the last preflight found in the way, a line for each: what it is, and the first rows. */
    List<String> findings() {
        try {
            return Sql.texts(connection, FINDINGS);
        } catch (SQLException unreachable) {
            close();
            return List.of();
        }
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

    private MigrationProgress readTables() throws SQLException {
        boolean back = goal == Goal.ROLLED_BACK || goal == Goal.CALLED_OFF;
        // Before the state: of a migration that has ended no table is shown half done.
        List<Line> tables = ProgressTable.read(connection).stream()
                .filter(line -> line.table().startsWith("rollback: ") == back)
                .toList();
        StateRow row = StateStore.read(connection);
        Optional<String> throttle = Optional.ofNullable(
                        RunnerStatus.read(connection).throttle())
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

    private static MigrationProgress finalization(ResultSet run) throws SQLException {
        String state = run.getString("state");
        Position position = switch (state) {
            case "finalizing" -> Position.UNDER_WAY;
            case "finalized" -> Position.REACHED;
            default -> Position.ENDED_EARLY;
        };
        Line step = new Line(
                run.getString("step"),
                run.getLong("total"),
                0,
                run.getLong("done"),
                instant(run, "begun_at"),
                instant(run, "ended_at"));
        return new MigrationProgress(
                position,
                state,
                Optional.ofNullable(run.getString("outcome")),
                Optional.empty(),
                instant(run, "changed_at"),
                instant(run, "now"),
                step.table() == null ? List.of() : List.of(step));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
