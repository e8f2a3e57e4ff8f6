package dev.realms.problem;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** PostgreSQL's error codes behind a failure, however the servers and libraries wrapped it. */
public final class SqlStates {

    private SqlStates() {}

    /** The outermost first; none when the failure is not the database's. */
    public static List<String> of(Throwable failure) {
        return Causes.of(failure)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(Objects::nonNull)
                .toList();
    }
}
