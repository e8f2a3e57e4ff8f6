package dev.realms.migration;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * The right to run the migration: an advisory lock of a PostgreSQL session, which lasts exactly as long as the session. A node
 * that is killed or cut off loses it by itself, and with it the connection that all its work goes through.
 */
@ApplicationScoped
class RunnerLease {

    /** Any number that nobody else uses for an advisory lock. */
    private static final long KEY = 0x5265616c6d733032L;

    /** A key range is worth a plan of its own, and none is worth compiling. */
    private static final String SESSION =
            "SET realms.migration = 'on'; SET lock_timeout = '500ms'; SET plan_cache_mode = 'force_custom_plan'; SET jit = off; ";

    private static final String HOLDER = """
            SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND ((classid::bigint << 32) | objid::bigint) = ? AND granted
            """;

    private OwnerDatabase database;
    private Connection connection;
    private long execution;

    RunnerLease() {}

    @Inject
    RunnerLease(OwnerDatabase database) {
        this.database = database;
    }

    /** @return whether this execution, on this node, runs the migration from now on */
    synchronized boolean acquire(long execution, Duration patience) throws SQLException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        do {
            if (connection == null && tryToAcquire()) {
                this.execution = execution;
                return true;
            }
            wait(200);
        } while (System.nanoTime() < end);
        return false;
    }

    /** The session that holds the lock, for the one thread that does the work. */
    synchronized Connection connection() {
        if (connection == null) {
            throw new IllegalStateException("This node does not run the migration");
        }
        return connection;
    }

    synchronized boolean isHeldHere() {
        return connection != null;
    }

    /** Of two executions on one node, only one runs the migration; the other must not end it. */
    synchronized boolean isHeldBy(long execution) {
        return connection != null && this.execution == execution;
    }

    synchronized void release(long execution) {
        if (isHeldBy(execution)) {
            release();
        }
    }

    @PreDestroy
    synchronized void release() {
        if (connection == null) {
            return;
        }
        try (Connection released = connection;
                Statement statement = released.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock_all()");
            statement.execute("RESET ALL");
        } catch (SQLException gone) {
            // So is the lock.
        } finally {
            connection = null;
            notifyAll();
        }
    }

    /** The name of the node that runs it, from whichever node it is asked. */
    static Optional<String> holder(Connection anyone) throws SQLException {
        try (PreparedStatement query = anyone.prepareStatement(HOLDER)) {
            query.setLong(1, KEY);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    private boolean tryToAcquire() throws SQLException {
        Connection candidate = database.open();
        try (Statement statement = candidate.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + KEY + ")")) {
            row.next();
            if (row.getBoolean(1)) {
                statement.execute(SESSION + "SET application_name = '" + node() + "'");
                connection = candidate;
                return true;
            }
        } finally {
            if (connection != candidate) {
                candidate.close();
            }
        }
        return false;
    }

    private static String node() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "") + "/"
                    + ProcessHandle.current().pid();
        } catch (UnknownHostException noName) {
            return "node/" + ProcessHandle.current().pid();
        }
    }
}
