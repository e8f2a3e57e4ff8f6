package dev.realms.web.problem;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * PostgreSQL's error codes behind a failure, however the servers and libraries wrapped it, and which of them a bad day brings. Damaged
 * data (XX001, XX002) is not among these: asking again does not help, and somebody has to read of it in the log.
 */
public final class SqlStates {

    /** Also what a standby says to whoever writes. */
    public static final String READ_ONLY = "25006";

    /** A transaction that was idle, or open, for too long: the session is gone. */
    private static final Set<String> ENDED_SESSION = Set.of("25P03", "25P04");

    private SqlStates() {}

    /** The outermost first; none when the failure is not the database's. */
    public static List<String> of(Throwable failure) {
        return Causes.of(failure)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(Objects::nonNull)
                .toList();
    }

    /** No connection, or one that is gone: cut, shut down, idle for too long. */
    public static boolean isCut(String state) {
        return state.startsWith("08") || state.startsWith("57P") || ENDED_SESSION.contains(state);
    }

    /** The server can only be read. */
    public static boolean isReadOnly(String state) {
        return READ_ONLY.equals(state);
    }

    /**
     * The database can't do at the moment what it could at another: beside the above it is out of connections, memory or disk (53), was
     * told to cancel or had too little time (57), or the system below it failed (58).
     */
    public static boolean isUnavailable(String state) {
        return isCut(state)
                || isReadOnly(state)
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58");
    }
}
