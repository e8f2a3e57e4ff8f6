package dev.realms.isolation.probe;

import java.sql.SQLException;

/** Tells a database that can't be asked at the moment from a question that fails. */
final class DatabaseAway {

    static final String NO_CONNECTION = "08001";

    private static final int LONGEST_CHAIN = 30;

    private DatabaseAway() {}

    static boolean isCauseOf(Throwable fault) {
        Throwable cause = fault;
        for (int i = 0; cause != null && i < LONGEST_CHAIN; i++, cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isAway(String.valueOf(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    /** No connection; out of resources; shut down, or too slow an answer. */
    private static boolean isAway(String state) {
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57");
    }
}
