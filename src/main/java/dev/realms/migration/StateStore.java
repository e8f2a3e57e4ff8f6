package dev.realms.migration;

import dev.realms.owner.AuditEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** Reads the state and moves it, each move with its line in the audit log. */
final class StateStore {

    private static final String MOVE = """
            WITH moved AS (
              UPDATE migration.state SET state = ?, reason = ? WHERE state = ANY (?) RETURNING state)
            INSERT INTO migration.audit_log (actor, act, parameters, outcome)
            SELECT ?, ?, ?::jsonb, state FROM moved
            """;

    private StateStore() {}

    static StateRow read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT state, reason, changed_at, version FROM migration.state")) {
            row.next();
            return new StateRow(
                    MigrationState.of(row.getString(1)),
                    row.getString(2),
                    row.getTimestamp(3).toInstant(),
                    row.getLong(4));
        }
    }

    static boolean is(Connection connection, MigrationState state) throws SQLException {
        return read(connection).state() == state;
    }

    /**
     * Compare and set: of two who move at once, one gets true.
     *
     * @param to the table of moves must lead there from each of {@code from}
     * @param reason null where the state says it all
     */
    static boolean move(
            Connection connection, Set<MigrationState> from, MigrationState to, String reason, AuditEntry entry)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(MOVE)) {
            update.setString(1, to.text());
            update.setString(2, reason);
            update.setArray(
                    3,
                    connection.createArrayOf(
                            "text", from.stream().map(MigrationState::text).toArray()));
            update.setString(4, entry.actor());
            update.setString(5, entry.act());
            update.setString(6, entry.parameters().toString());
            return update.executeUpdate() == 1;
        }
    }
}
