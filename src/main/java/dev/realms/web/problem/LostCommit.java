package dev.realms.web.problem;

import dev.realms.sql.Causes;
import dev.realms.sql.SqlStates;
import javax.transaction.xa.XAException;

/**
 * The connection was cut while a transaction was committed, so nobody knows what became of it and nobody may run it again unasked. An
 * {@code Idempotency-Key} makes asking again safe.
 */
final class LostCommit extends DomainException {

    LostCommit() {
        super(ProblemType.UNAVAILABLE, "The database was lost before it said whether this was done; please look.");
    }

    /**
     * Both servers say so by an XAException, of which Payara's keeps no more of the database's answer than its text. A connection that
     * could not begin a transaction is one, too.
     */
    static boolean isBehind(Throwable failure) {
        return !StaleConnection.isBehind(failure)
                && Causes.of(failure).anyMatch(XAException.class::isInstance)
                && SqlStates.of(failure).stream().allMatch(SqlStates::isCut);
    }
}
