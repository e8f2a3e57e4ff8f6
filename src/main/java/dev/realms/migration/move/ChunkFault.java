package dev.realms.migration.move;

import dev.realms.sql.SqlStates;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What keeps a portion from being done, in one sentence without values of rows, which a driver's message may hold. */
final class ChunkFault {

    private static final Pattern CONSTRAINT = Pattern.compile("constraint \"(\\w+)\"");

    private ChunkFault() {}

    static boolean isTooLong(SQLException fault) {
        return SqlStates.QUERY_CANCELED.equals(fault.getSQLState());
    }

    /** No smaller portion would fare better: the connection or the disk is gone, or the server can only be read. */
    static boolean isFatal(SQLException fault) {
        return !isTooLong(fault) && SqlStates.of(fault).stream().anyMatch(SqlStates::isUnavailable)
                || Thread.currentThread().isInterrupted();
    }

    static String sentence(SQLException fault) {
        String state = SqlStates.first(fault);
        if (state.equals(SqlStates.LOCK_NOT_AVAILABLE)) {
            return "Somebody else held a lock on the rows for too long.";
        } else if (SqlStates.isContention(state)) {
            return "Other transactions were in the way again and again.";
        } else if (state.equals(SqlStates.QUERY_CANCELED)) {
            return "The statement was cancelled.";
        }
        Matcher constraint = CONSTRAINT.matcher(String.valueOf(fault.getMessage()));
        return SqlStates.isConstraintViolation(state) && constraint.find()
                ? "The constraint %s refuses it.".formatted(constraint.group(1))
                : "PostgreSQL refuses it with the code %s.".formatted(state);
    }
}
