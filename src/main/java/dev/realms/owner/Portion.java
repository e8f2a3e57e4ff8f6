package dev.realms.owner;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** A small piece of long work in a transaction of its own; tried again when somebody else was in the way. */
public final class Portion {

    /** Lock timeout, deadlock, serialization failure. */
    private static final Set<String> WORTH_ANOTHER_TRY = Set.of("55P03", "40P01", "40001");

    private static final int TRIES = 20;

    private Portion() {}

    /** @param connection in auto-commit mode, to which it returns */
    public static <T> T run(Connection connection, OwnerDatabase.Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(connection, work);
            } catch (SQLException fault) {
                if (!WORTH_ANOTHER_TRY.contains(fault.getSQLState()) || attempt == TRIES) {
                    throw fault;
                }
                pause(attempt);
            }
        }
    }

    private static <T> T once(Connection connection, OwnerDatabase.Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.on(connection);
            connection.commit();
            return result;
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static void pause(int attempt) throws SQLException {
        try {
            Thread.sleep(Math.min(1_000, 50L * attempt));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while waiting for a lock", interrupted);
        }
    }
}
