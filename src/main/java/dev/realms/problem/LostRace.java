package dev.realms.problem;

import java.sql.SQLException;

/**
 * PostgreSQL ended the transaction in favour of another one: of a deadlock, or because the two can't be put into an order. Tried
 * again, it may well succeed; whoever hears of it from us tries again, too.
 */
public class LostRace extends DomainException {

    private static final int LONGEST_CHAIN = 30;

    LostRace() {
        super(ProblemType.UNAVAILABLE, "Too many writers at once; please try again.");
    }

    /** Whether this is what the failure comes down to, however the servers wrapped it. */
    public static boolean isBehind(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < LONGEST_CHAIN; i++, cause = cause.getCause()) {
            if (cause instanceof LostRace || cause instanceof SQLException sql && isState(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    static boolean isState(String state) {
        return "40001".equals(state) || "40P01".equals(state);
    }
}
