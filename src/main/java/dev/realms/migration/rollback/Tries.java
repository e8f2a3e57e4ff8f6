package dev.realms.migration.rollback;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** One transaction, tried again when somebody else was in the way. */
final class Tries {

    /** Lock timeout, deadlock, serialization failure; a unique value that somebody else took at the same moment. */
    private static final Set<String> WORTH_ANOTHER_TRY = Set.of("55P03", "40P01", "40001", "23505");

    private static final int TRIES = 20;

    private Tries() {}

    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    /** @param connection in auto-commit mode, as it is after */
    static <T> T run(Connection connection, Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            connection.setAutoCommit(false);
            try {
                T result = work.run();
                connection.commit();
                return result;
            } catch (SQLException fault) {
                connection.rollback();
                if (!WORTH_ANOTHER_TRY.contains(fault.getSQLState()) || attempt == TRIES) {
                    throw fault;
                }
                pause(attempt);
            } finally {
                if (!connection.isClosed()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
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
