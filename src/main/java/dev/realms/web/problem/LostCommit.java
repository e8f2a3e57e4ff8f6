package dev.realms.web.problem;

import dev.realms.sql.Causes;
import dev.realms.sql.SqlStates;
import java.util.List;
import java.util.regex.Pattern;
import javax.transaction.xa.XAException;

/**
 * The connection was cut while a transaction was committed, so nobody knows what became of it and nobody may run it again unasked. An
 * {@code Idempotency-Key} makes asking again safe.
 */
final class LostCommit extends DomainException {

    /** PostgreSQL's last words to a session in most of its languages, and the driver's when there were none. */
    private static final Pattern CUT = Pattern.compile("\\b(FATAL|PANIC)\\b|I/O error|connection has been closed");

    LostCommit() {
        super(ProblemType.UNAVAILABLE, "The database was lost before it said whether this was done; please look.");
    }

    /**
     * Both servers say so by an XAException. Payara's keeps no more of the database's answer than its text, so a commit that a constraint
     * refuses is told apart by that. A connection that could not begin a transaction is one, too.
     */
    static boolean isBehind(Throwable failure) {
        if (StaleConnection.isBehind(failure)) {
            return false;
        }
        List<String> states = SqlStates.of(failure);
        return Causes.of(failure)
                .filter(XAException.class::isInstance)
                .anyMatch(commit -> states.isEmpty()
                        ? CUT.matcher(String.valueOf(commit.getMessage())).find()
                        : states.stream().allMatch(SqlStates::isCut));
    }
}
