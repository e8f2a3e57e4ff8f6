package dev.realms.realm.isolation.probe;

import dev.realms.web.problem.SqlStates;

/** Tells a database that can't be asked at the moment from a question that fails. */
final class DatabaseAway {

    static final String NO_CONNECTION = "08001";

    private DatabaseAway() {}

    static boolean isCauseOf(Throwable fault) {
        return SqlStates.of(fault).stream().anyMatch(SqlStates::isUnavailable);
    }
}
