package dev.realms.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * PostgreSQL's error codes by name, those behind a failure, and which of them mean alike. A question about a code takes any text, the
 * empty one too: see {@link #first}.
 */
public final class SqlStates {

    public static final String NO_CONNECTION = "08001";
    public static final String CONNECTION_LOST = "08003";
    public static final String CONNECTION_REJECTED = "08004";
    public static final String PROTOCOL_VIOLATION = "08P01";
    public static final String CHARACTER_NOT_IN_REPERTOIRE = "22021";
    public static final String UNTRANSLATABLE_CHARACTER = "22P05";
    /** A text that is no value of the type, such as no uuid. */
    public static final String INVALID_TEXT = "22P02";

    public static final String UNIQUE_VIOLATION = "23505";
    public static final String CHECK_VIOLATION = "23514";

    /** Also what a standby says to whoever writes. */
    public static final String READ_ONLY = "25006";

    public static final String UNDEFINED_DATABASE = "3D000";
    public static final String SERIALIZATION_FAILURE = "40001";
    public static final String DEADLOCK = "40P01";
    public static final String INSUFFICIENT_PRIVILEGE = "42501";
    public static final String UNDEFINED_FUNCTION = "42883";
    public static final String UNDEFINED_SCHEMA = "3F000";
    public static final String UNDEFINED_TABLE = "42P01";
    /** A value that is too large, such as a name for its index. */
    public static final String PROGRAM_LIMIT_EXCEEDED = "54000";

    public static final String LOCK_NOT_AVAILABLE = "55P03";

    /** By somebody, or by a timeout of the statement. */
    public static final String QUERY_CANCELED = "57014";

    /** Of two sessions that change the same row of the catalogue at once: "tuple concurrently updated". */
    public static final String INTERNAL_ERROR = "XX000";

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

    /** The outermost; the empty text when there is none. */
    public static String first(Throwable failure) {
        return of(failure).stream().findFirst().orElse("");
    }

    /** PostgreSQL ended the transaction in favour of another one: of a deadlock, or because the two can't be put into an order. */
    public static boolean isLostRace(String state) {
        return state.equals(SERIALIZATION_FAILURE) || state.equals(DEADLOCK);
    }

    /** Somebody else was in the way: a race was lost, or a lock was not to be had in time. */
    public static boolean isContention(String state) {
        return isLostRace(state) || state.equals(LOCK_NOT_AVAILABLE);
    }

    /** The same, or somebody else took a unique value at the same moment. */
    public static boolean isContentionOrDuplicate(String state) {
        return isContention(state) || state.equals(UNIQUE_VIOLATION);
    }

    /** A constraint refuses the row. */
    public static boolean isConstraintViolation(String state) {
        return state.startsWith("23");
    }

    /** A text holds a character that the database can't store. */
    public static boolean isUnstorableCharacter(String state) {
        return state.equals(CHARACTER_NOT_IN_REPERTOIRE) || state.equals(UNTRANSLATABLE_CHARACTER);
    }

    /** The password is wrong, or the role may not sign in from there. */
    public static boolean isSignInRefused(String state) {
        return state.startsWith("28");
    }

    /** There is no connection to be had, or it was lost on its way. */
    public static boolean isNotConnected(String state) {
        return state.startsWith("08");
    }

    /** No connection, or one that is gone: cut, shut down, idle for too long. */
    public static boolean isCut(String state) {
        return isNotConnected(state) || state.startsWith("57P") || ENDED_SESSION.contains(state);
    }

    /** The server can only be read. */
    public static boolean isReadOnly(String state) {
        return state.equals(READ_ONLY);
    }

    /**
     * The database can't do at the moment what it could at another: beside the above it is out of connections, memory or disk (53), was
     * told to cancel or had too little time (57), or the system below it failed (58). Damaged data (XX001, XX002) is not among these:
     * asking again does not help, and somebody has to read of it in the log.
     */
    public static boolean isUnavailable(String state) {
        return isCut(state)
                || isReadOnly(state)
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58");
    }
}
