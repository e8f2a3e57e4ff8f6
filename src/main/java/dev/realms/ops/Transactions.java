package dev.realms.ops;

import dev.realms.sql.Retry;
import dev.realms.sql.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Predicate;

/** Transactions on a connection in auto-commit mode, to which it returns. What fails is rolled back and throws its own fault. */
public final class Transactions {

    private static final int MOST_TRIES = 20;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

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
        return runPatiently(connection, MOST_TRIES, work);
    }

    public static <T> T runPatiently(Connection connection, int tries, OwnerDatabase.Work<T> work) throws SQLException {
        return runPatiently(connection, tries, SqlStates::isContention, work);
    }

    /** @param passing the codes of faults that may not be there the next time */
    public static <T> T runPatiently(Connection connection, Predicate<String> passing, OwnerDatabase.Work<T> work)
            throws SQLException {
        return runPatiently(connection, MOST_TRIES, passing, work);
    }

    private static <T> T runPatiently(
            Connection connection, int tries, Predicate<String> passing, OwnerDatabase.Work<T> work)
            throws SQLException {
        Retry retry = new Retry(
                failure -> failure.tries() < tries && passing.test(failure.state()),
                Retry.growing(FIRST_PAUSE, LONGEST_PAUSE));
        return retry.<T, SQLException>run(() -> run(connection, work));
    }

    private static void rollBack(Connection connection, Throwable fault) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            fault.addSuppressed(lost);
        }
    }
}
