package dev.realms.migration.move;

import dev.realms.ops.Transactions;
import dev.realms.web.problem.SqlStates;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What keeps a portion from being done, in one sentence without values of rows, which a driver's message may hold. */
final class ChunkFault {

    private static final String TOO_LONG = "57014";
    private static final Pattern CONSTRAINT = Pattern.compile("constraint \"(\\w+)\"");

    private ChunkFault() {}

    static boolean isTooLong(SQLException fault) {
        return TOO_LONG.equals(fault.getSQLState());
    }

    /** No smaller portion would fare better: the connection or the disk is gone, or the server can only be read. */
    static boolean isFatal(SQLException fault) {
        return !isTooLong(fault) && SqlStates.of(fault).stream().anyMatch(SqlStates::isUnavailable)
                || Thread.currentThread().isInterrupted();
    }

    static String sentence(SQLException fault) {
        String state = String.valueOf(fault.getSQLState());
        if (state.equals("55P03")) {
            return "Somebody else held a lock on the rows for too long.";
        } else if (Transactions.somebodyWasInTheWay(fault)) {
            return "Other transactions were in the way again and again.";
        } else if (state.equals(TOO_LONG)) {
            return "The statement was cancelled.";
        }
        Matcher constraint = CONSTRAINT.matcher(String.valueOf(fault.getMessage()));
        return state.startsWith("23") && constraint.find()
                ? "The constraint %s refuses it.".formatted(constraint.group(1))
                : "PostgreSQL refuses it with the code %s.".formatted(state);
    }
}
