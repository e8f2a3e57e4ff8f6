package dev.realms.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

/** One portion in one transaction of its own, together with its progress; tried again when somebody else was in the way. */
final class Chunk {

    /** Lock timeout, deadlock, serialization failure. */
    private static final Set<String> WORTH_ANOTHER_TRY = Set.of("55P03", "40P01", "40001");

    private Chunk() {}

    /** @param done rows; @param took the last try, with its commit */
    record Result(int done, Duration took) {}

    /**
     * @param tries while somebody else is in the way
     * @param bound how long the rows may be held; null for as long as it takes
     */
    record Patience(int tries, Duration bound) {

        static final Patience LONG = new Patience(20, null);

        /** Whoever waits for a row holds those before it: others would wait for both. */
        private void apply(Connection connection) throws SQLException {
            if (bound != null) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET LOCAL statement_timeout = %d; SET LOCAL lock_timeout = %d"
                            .formatted(bound.toMillis(), Math.max(1, Math.min(500, bound.toMillis() / 2))));
                }
            }
        }
    }

    static Result run(Connection connection, Portions portions, KeyRange range) throws SQLException {
        return run(connection, portions, range, Patience.LONG);
    }

    static Result run(Connection connection, Portions portions, KeyRange range, Patience patience) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            long start = System.nanoTime();
            try {
                connection.setAutoCommit(false);
                patience.apply(connection);
                int done = portions.work(connection, range);
                Progress.advance(connection, portions.table(), done);
                connection.commit();
                return new Result(done, Duration.ofNanos(System.nanoTime() - start));
            } catch (SQLException fault) {
                rollback(connection, fault);
                if (!somebodyWasInTheWay(fault) || attempt >= patience.tries()) {
                    throw fault;
                }
                pause(attempt);
            } finally {
                restoreAutoCommit(connection);
            }
        }
    }

    static boolean somebodyWasInTheWay(SQLException fault) {
        return WORTH_ANOTHER_TRY.contains(fault.getSQLState());
    }

    private static void rollback(Connection connection, SQLException fault) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            fault.addSuppressed(lost);
        }
    }

    private static void restoreAutoCommit(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            connection.setAutoCommit(true);
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
