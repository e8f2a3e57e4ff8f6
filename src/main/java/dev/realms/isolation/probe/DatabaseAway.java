package dev.realms.isolation.probe;

import dev.realms.problem.SqlStates;

/** Tells a database that can't be asked at the moment from a question that fails. */
final class DatabaseAway {

    static final String NO_CONNECTION = "08001";

    private DatabaseAway() {}

    static boolean isCauseOf(Throwable fault) {
        return SqlStates.of(fault).stream().anyMatch(DatabaseAway::isAway);
    }

    /** No connection; out of resources; shut down, or too slow an answer. */
    private static boolean isAway(String state) {
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57");
    }
}
