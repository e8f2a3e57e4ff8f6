package dev.realms.migration.move;

import dev.realms.ops.LockedSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Sessions that work at the same time: the lease's own in the caller's thread, and more as they are needed. */
public final class WorkSessions implements AutoCloseable {

    @FunctionalInterface
    public interface Sessions {
        /** Another session that may work as long as the lease lasts. */
        LockedSession open() throws SQLException;
    }

    @FunctionalInterface
    interface Work {
        void on(Connection connection, KeyRange range) throws SQLException;
    }

    private final Connection own;
    private final Sessions sessions;
    private final ExecutorService threads;
    private final List<LockedSession> others = new ArrayList<>();

    public WorkSessions(Connection own, Sessions sessions, ExecutorService threads) {
        this.own = own;
        this.sessions = sessions;
        this.threads = threads;
    }

    Connection own() {
        return own;
    }

    /** Returns when all of it has ended. What one throws, or the first of several, is thrown. */
    void run(List<KeyRange> ranges, Work work) throws SQLException {
        while (others.size() < ranges.size() - 1) {
            others.add(sessions.open());
        }
        List<Future<?>> under = new ArrayList<>();
        SQLException fault = null;
        try {
            for (int i = 1; i < ranges.size(); i++) {
                Connection connection = others.get(i - 1).connection();
                KeyRange range = ranges.get(i);
                under.add(threads.submit(() -> {
                    work.on(connection, range);
                    return null;
                }));
            }
            work.on(own, ranges.get(0));
        } finally {
            fault = awaitAll(under);
        }
        if (fault != null) {
            throw fault;
        }
    }

    private static SQLException awaitAll(List<Future<?>> futures) {
        SQLException first = null;
        for (Future<?> future : futures) {
            try {
                future.get();
            } catch (ExecutionException fault) {
                if (fault.getCause() instanceof RuntimeException runtime) {
                    throw runtime;
                }
                first = first == null ? (SQLException) fault.getCause() : first;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                first = new SQLException("Interrupted while others were at work", interrupted);
            }
        }
        return first;
    }

    @Override
    public void close() {
        others.forEach(LockedSession::close);
        others.clear();
    }
}
