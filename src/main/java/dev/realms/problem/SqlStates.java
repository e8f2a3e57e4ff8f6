package dev.realms.problem;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL's error codes behind a failure, however the servers and libraries wrapped it. */
public final class SqlStates {

    private static final int LONGEST_CHAIN = 30;

    private SqlStates() {}

    /** The outermost first; none when the failure is not the database's. */
    public static List<String> of(Throwable failure) {
        List<String> states = new ArrayList<>();
        Throwable cause = failure;
        for (int i = 0; cause != null && i < LONGEST_CHAIN; i++, cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                states.add(sql.getSQLState());
            }
        }
        return states;
    }
}
