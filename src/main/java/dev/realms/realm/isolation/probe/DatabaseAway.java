package dev.realms.realm.isolation.probe;

import dev.realms.sql.SqlStates;

/** Tells a database that can't be asked at the moment from a question that fails. */
final class DatabaseAway {

    private DatabaseAway() {}

    static boolean isCauseOf(Throwable fault) {
        return SqlStates.of(fault).stream().anyMatch(SqlStates::isUnavailable);
    }
}
