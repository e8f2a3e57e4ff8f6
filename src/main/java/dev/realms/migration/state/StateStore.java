package dev.realms.migration.state;

import dev.realms.ops.AuditEntry;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the state and moves it, each move with its line in the audit log. */
public final class StateStore {

    private static final String MOVE = """
            WITH before AS (
              SELECT only_row, state FROM migration.state
              WHERE state = ANY (?) AND (?::bigint[] IS NULL OR version = ANY (?))
                AND (finalizing_since IS NULL OR ? = 'finalized') FOR UPDATE),
            moved AS (
              UPDATE migration.state AS s SET state = ?, reason = ? FROM before WHERE s.only_row = before.only_row
              RETURNING before.state AS origin, s.state, s.reason)
            INSERT INTO migration.audit_log (actor, act, parameters, outcome)
            SELECT ?, ?, ?::jsonb || jsonb_strip_nulls(jsonb_build_object('from', origin, 'reason', reason)), state FROM moved
            """;

    private StateStore() {}

    /**
     * The one row that says where the database stands.
     *
     * @param reason why it is there, in one sentence; null where the state says it all
     * @param version goes up with every move
     * @param finalizingSince from when on there is no way back; null before
     */
    public record StateRow(
            MigrationState state, String reason, Instant changedAt, long version, Instant finalizingSince) {

        /** What an operator may ask for now. */
        public List<MigrationAct> acts() {
            return MigrationAct.allowedIn(state, finalizingSince != null);
        }
    }

    public static StateRow read(Connection connection) throws SQLException {
        return Sql.first(
                        connection,
                        row -> new StateRow(
                                MigrationState.of(row.getString(1)),
                                row.getString(2),
                                row.getTimestamp(3).toInstant(),
                                row.getLong(4),
                                Sql.instant(row, 5)),
                        "SELECT state, reason, changed_at, version, finalizing_since FROM migration.state")
                .orElseThrow();
    }

    public static boolean is(Connection connection, MigrationState state) throws SQLException {
        return read(connection).state() == state;
    }

    /** From which state the last rollback was asked for; empty before the first. */
    public static Optional<MigrationState> cameFrom(Connection connection) throws SQLException {
        return Sql.first(
                connection,
                row -> MigrationState.of(row.getString(1)),
                "SELECT came_from FROM migration.state WHERE came_from IS NOT NULL");
    }

    /**
     * Compare and set: of two who move at once, one gets true. Once a finalization has begun, nobody does but itself.
     *
     * @param to the table of moves must lead there from each of {@code from}
     * @param reason null where the state says it all
     */
    public static boolean move(
            Connection connection, Set<MigrationState> from, MigrationState to, String reason, AuditEntry entry)
            throws SQLException {
        return move(connection, from, Operator.of(entry.actor()), to, reason, entry);
    }

    /** As above, if the state is still of one of the versions that the operator has seen. */
    public static boolean move(
            Connection connection,
            Set<MigrationState> from,
            Operator operator,
            MigrationState to,
            String reason,
            AuditEntry entry)
            throws SQLException {
        Long[] versions = operator.seen().map(seen -> seen.toArray(Long[]::new)).orElse(null);
        return Sql.update(
                        connection,
                        MOVE,
                        from.stream().map(MigrationState::text).toArray(String[]::new),
                        versions,
                        versions,
                        to.text(),
                        to.text(),
                        reason,
                        entry.actor(),
                        entry.act(),
                        entry.parameters().toString())
                == 1;
    }

    /**
     * Ends the way back: the database itself refuses every move but that to {@code finalized} from then on.
     *
     * @throws IllegalStateException where somebody was faster and leads the database elsewhere
     */
    public static void beginFinalizing(Connection connection) throws SQLException {
        int begun = Sql.update(
                connection,
                "UPDATE migration.state SET finalizing_since = clock_timestamp() WHERE state = 'migrated' AND finalizing_since IS NULL");
        if (begun == 0) {
            throw new IllegalStateException("The migration is no longer migrated");
        }
    }

    /** By the clock of the database, which is that of every moment in its books. */
    public static Instant now(Connection connection) throws SQLException {
        return Sql.first(connection, row -> row.getTimestamp(1).toInstant(), "SELECT clock_timestamp()")
                .orElseThrow();
    }
}
