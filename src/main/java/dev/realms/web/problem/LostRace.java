package dev.realms.web.problem;

import dev.realms.sql.Causes;
import dev.realms.sql.SqlStates;

/**
 * PostgreSQL ended the transaction in favour of another one: of a deadlock, or because the two can't be put into an order. Tried
 * again, it may well succeed; whoever hears of it from us tries again, too.
 */
public class LostRace extends DomainException {

    LostRace() {
        super(ProblemType.UNAVAILABLE, "Too many writers at once; please try again.");
    }

    /** Whether this is what the failure comes down to, however the servers wrapped it. */
    public static boolean isBehind(Throwable failure) {
        return Causes.of(failure)
                .anyMatch(cause -> cause instanceof LostRace || SqlStates.isLostRace(SqlStates.first(cause)));
    }
}
