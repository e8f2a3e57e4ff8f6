package dev.realms.migration.move;

import dev.realms.migration.pressure.ChunkSize;
import dev.realms.migration.pressure.Limits;
import dev.realms.migration.pressure.Pressure;
import dev.realms.migration.state.RunnerLease;
import dev.realms.migration.state.RunnerStatus;
import dev.realms.ops.ContinueCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** How fast to go through a table: looks at the limits and at the database once a second, and writes down what it found. */
final class MoveSpeed {

    private static final long LOOK_NANOS = 1_000_000_000;
    private static final long NAP_MILLIS = 200;

    /** While it is to go slowly, so much of the time of a portion is spent doing nothing. */
    private static final int REST = 3;

    private final String table;
    private final ChunkSize size;
    private final Pressure pressure = new Pressure(RunnerLease.KEY, RunnerLease.WORKERS);
    private Limits limits = Limits.DEFAULT;
    private Long looked;
    private Duration longest = Duration.ZERO;
    private Duration last = Duration.ZERO;

    MoveSpeed(String table, ChunkSize size) {
        this.table = table;
        this.size = size;
    }

    /** Waits as long as the database is under pressure. @return whether to go on at all */
    boolean await(Connection connection, ContinueCheck check) throws SQLException {
        while (check.goesOn()) {
            look(connection);
            if (!pressure.pauses()) {
                if (pressure.throttle().isPresent()) {
                    sleep(last.toMillis() / REST);
                }
                return true;
            }
            sleep(NAP_MILLIS);
        }
        return false;
    }

    int parallelism() {
        return pressure.throttle().isPresent() ? 1 : limits.parallelism();
    }

    Limits limits() {
        return limits;
    }

    void worked(Duration took) {
        last = took;
        longest = longest.compareTo(size.last()) < 0 ? size.last() : longest;
    }

    private void look(Connection connection) throws SQLException {
        long now = System.nanoTime();
        if (looked != null && now - looked < LOOK_NANOS) {
            return;
        }
        limits = Limits.read(connection);
        size.obey(limits);
        pressure.measure(connection, table, longest, limits);
        longest = Duration.ZERO;
        RunnerStatus.write(connection, size, parallelism(), pressure.throttle());
        looked = now;
    }

    private static void sleep(long millis) throws SQLException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while waiting for the database to recover", interrupted);
        }
    }
}
