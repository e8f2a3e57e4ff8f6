package dev.realms.ops;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Predicate;

/** Transactions on a connection in auto-commit mode, to which it returns. What fails is rolled back and throws its own fault. */
public final class Transactions {

    /** Lock timeout, deadlock, serialization failure. */
    private static final Set<String> IN_THE_WAY = Set.of("55P03", "40P01", "40001");

    private static final int TRIES = 20;

    private Transactions() {}

    public static <T> T run(Connection connection, OwnerDatabase.Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.on(connection);
            connection.commit();
            return result;
        } catch (Throwable fault) {
            rollBack(connection, fault);
            throw fault;
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }

    /** Tried again while somebody else is in the way. */
    public static <T> T runPatiently(Connection connection, OwnerDatabase.Work<T> work) throws SQLException {
        return runPatiently(connection, TRIES, Transactions::somebodyWasInTheWay, work);
    }

    /** @param passing which faults may not be there the next time */
    public static <T> T runPatiently(
            Connection connection, int tries, Predicate<SQLException> passing, OwnerDatabase.Work<T> work)
            throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return run(connection, work);
            } catch (SQLException fault) {
                if (attempt == tries || !passing.test(fault)) {
                    throw fault;
                }
                pause(attempt);
            }
        }
    }

    public static boolean somebodyWasInTheWay(SQLException fault) {
        return IN_THE_WAY.contains(String.valueOf(fault.getSQLState()));
    }

    private static void rollBack(Connection connection, Throwable fault) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            fault.addSuppressed(lost);
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
