package dev.realms.migration.schema;

import dev.realms.settings.DatabaseUrl;
import dev.realms.sql.SqlStates;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * For how long a role's connections stay with one session of PostgreSQL. A pooler between the two, such as PgBouncer, may lend a session
 * for a transaction or a statement only, and give it to somebody else's program next, with what was set in it and locked.
 */
public enum Pooling {
    SESSION,
    TRANSACTION,
    STATEMENT;

    /** With two sessions taken, the first connection gets another one, however a pooler chooses among its own. */
    private static final int OTHERS = 2;

    private static final String WITHOUT_PREPARED_STATEMENTS = "prepareThreshold=0";

    /** The role's way in. */
    @FunctionalInterface
    public interface Way {
        Connection open() throws SQLException;
    }

    /**
     * The schema's owner keeps locks and settings in its sessions. Nothing is set or locked to find that out.
     *
     * @return what is wrong, in one sentence
     */
    public static Optional<String> faultOfOwner(Way owner) throws SQLException {
        return of(owner) == SESSION
                ? Optional.empty()
                : Optional.of(DatabaseUrl.NAME
                        + " leads through a pooler that does not keep sessions (pool_mode is transaction or"
                        + " statement): name PostgreSQL itself there, and the pooler in " + DatabaseUrl.APP_NAME + ".");
    }

    /**
     * Requests keep nothing for longer than a transaction, but what the driver prepares in a session.
     *
     * @return what is wrong, in one sentence
     */
    public static Optional<String> faultOfRuntimeRole(Way runtime) throws SQLException {
        return switch (of(runtime)) {
            case SESSION -> Optional.empty();
            case STATEMENT ->
                Optional.of(
                        DatabaseUrl.APP_NAME
                                + " leads through a pooler that does not keep transactions (pool_mode is statement): it has to be session or transaction.");
            case TRANSACTION ->
                prepares(runtime)
                        ? Optional.of(DatabaseUrl.APP_NAME
                                + " leads through a pooler that does not keep sessions (pool_mode is transaction): add "
                                + WITHOUT_PREPARED_STATEMENTS + " to it, as in jdbc:postgresql://host:6432/database?"
                                + WITHOUT_PREPARED_STATEMENTS + ".")
                        : Optional.empty();
        };
    }

    private static Pooling of(Way way) throws SQLException {
        List<Connection> others = new ArrayList<>();
        try (Connection asked = way.open()) {
            int session = session(asked);
            while (others.size() < OTHERS) {
                Connection other = way.open();
                others.add(other);
                execute(other, "BEGIN");
                if (session(other) == session || session(asked) != session) {
                    return TRANSACTION;
                }
            }
            return SESSION;
        } catch (SQLException fault) {
            // What a pooler says to a transaction that it does not allow.
            if (!others.isEmpty() && SqlStates.PROTOCOL_VIOLATION.equals(fault.getSQLState())) {
                return STATEMENT;
            }
            throw fault;
        } finally {
            for (Connection other : others) {
                close(other);
            }
        }
    }

    private static int session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static boolean prepares(Way way) throws SQLException {
        try (Connection connection = way.open()) {
            return !connection.getMetaData().getURL().contains(WITHOUT_PREPARED_STATEMENTS);
        }
    }

    /** The driver's own transactions leave statements prepared in the session. */
    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void close(Connection connection) {
        try (Connection closed = connection) {
            execute(closed, "ROLLBACK");
        } catch (SQLException gone) {
            // So is its transaction.
        }
    }
}
