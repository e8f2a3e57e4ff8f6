package dev.realms.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/** One portion in one transaction of its own, together with its progress; tried again when somebody else was in the way. */
final class Chunk {

    /** Lock timeout, deadlock, serialization failure. */
    private static final Set<String> WORTH_ANOTHER_TRY = Set.of("55P03", "40P01", "40001");

    private static final int TRIES = 20;

    private Chunk() {}

    /** @param done rows; @param took the last try, with its commit */
    record Result(int done, Duration took) {}

    static Result run(Connection connection, Portions portions, KeyRange range) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            long start = System.nanoTime();
            try {
                connection.setAutoCommit(false);
                int done = portions.work(connection, range);
                Progress.advance(connection, portions.table(), done);
                connection.commit();
                return new Result(done, Duration.ofNanos(System.nanoTime() - start));
            } catch (SQLException fault) {
                rollback(connection, fault);
                if (!WORTH_ANOTHER_TRY.contains(fault.getSQLState()) || attempt == TRIES) {
                    throw fault;
                }
                pause(attempt);
            } finally {
                restoreAutoCommit(connection);
            }
        }
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
