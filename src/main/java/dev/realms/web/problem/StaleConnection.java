package dev.realms.web.problem;

import dev.realms.sql.Causes;
import dev.realms.sql.SqlStates;
import java.sql.SQLException;

/**
 * A statement met a connection that had been cut, most likely since it was last used, because PostgreSQL was started anew. Nothing
 * has been committed, so whoever asked can ask again. The pools do not ask each connection each time whether it still works: that
 * would be one more round trip for every request.
 */
public final class StaleConnection extends SQLException {

    private static final long serialVersionUID = 1L;

    private StaleConnection(SQLException fault) {
        super(fault.getMessage(), fault.getSQLState(), fault);
    }

    /**
     * @param fault of a statement before a commit: what became of a commit that was not answered nobody knows
     * @return the same when the connection is not at fault
     */
    public static SQLException in(SQLException fault) {
        String state = fault.getSQLState();
        return state != null && SqlStates.isCut(state) ? new StaleConnection(fault) : fault;
    }

    /** Whether this is what the failure comes down to, however the servers wrapped it. */
    public static boolean isBehind(Throwable failure) {
        return Causes.of(failure).anyMatch(cause -> cause instanceof StaleConnection || wasNotEnlisted(cause));
    }

    /**
     * Payara meets a connection that was cut when it enlists it in a transaction, and says so in words only. Nothing was sent to the
     * database. It uses the same words when no connection got free for ten seconds: then nobody waits again.
     */
    private static boolean wasNotEnlisted(Throwable cause) {
        return cause instanceof SQLException sql
                && sql.getSQLState() == null
                && String.valueOf(sql.getMessage()).contains("XAResource.start");
    }
}
