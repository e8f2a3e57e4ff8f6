package dev.realms.migration.state;

import dev.realms.ops.LockedSession;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.PendingStarts;
import dev.realms.sql.Sql;
import dev.realms.sql.SqlStates;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * The right to run the migration: an advisory lock of a PostgreSQL session, which lasts exactly as long as the session that all
 * the work goes through.
 */
@ApplicationScoped
public class RunnerLease {

    /** Any number that nobody else uses for an advisory lock. */
    public static final long KEY = 0x5265616c6d733032L;

    /** Shared by the sessions that work beside it. */
    public static final long WORKERS = 0x5265616c6d733045L;

    /** Of a start whose job has not begun. */
    public static final long PENDING = 0x5265616c6d733050L;

    /** A key range is worth a plan of its own, and none is worth compiling. */
    public static final String SESSION =
            "SET realms.migration = 'on'; SET lock_timeout = '500ms'; SET plan_cache_mode = 'force_custom_plan'; SET jit = off";

    private OwnerDatabase database;
    private LockedSession session;
    private long execution;
    private String loss;

    RunnerLease() {}

    @Inject
    RunnerLease(OwnerDatabase database) {
        this.database = database;
    }

    /** @return whether this execution, on this node, runs the migration from now on */
    public synchronized boolean acquire(long execution, Duration patience) throws SQLException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        do {
            if (session == null && tryToAcquire()) {
                this.execution = execution;
                loss = null;
                return true;
            }
            wait(200);
        } while (System.nanoTime() < end);
        return false;
    }

    /** The session that holds the lock, for the one thread that does the work. */
    public synchronized Connection connection() {
        if (session == null) {
            throw new IllegalStateException("This node does not run the migration");
        }
        return session.connection();
    }

    public synchronized boolean isHeldHere() {
        return session != null;
    }

    /** Kept where the database can't be told why the work ended, until the work is taken up. @param sentence why */
    public synchronized void lost(String sentence) {
        loss = sentence;
    }

    /** Why the work of this node ended in the middle; empty where that is not known. */
    public synchronized Optional<String> loss() {
        return Optional.ofNullable(loss);
    }

    /** Of two executions on one node, only one runs the migration; the other must not end it. */
    public synchronized boolean isHeldBy(long execution) {
        return session != null && this.execution == execution;
    }

    public synchronized void release(long execution) {
        if (isHeldBy(execution)) {
            release();
        }
    }

    @PreDestroy
    public synchronized void release() {
        if (session != null) {
            session.close();
            session = null;
            notifyAll();
        }
    }

    /**
     * Ends the sessions of a node that has the lease, or is about to take it, and gives no sign of life, because it hangs: one that is
     * killed has lost it.
     *
     * @return whether there was one
     */
    public static boolean endSilent(Connection anyone) throws SQLException {
        if (isFree(anyone) || !RunnerStatus.isSilent(anyone)) {
            return false;
        }
        boolean none = LockedSession.end(anyone, KEY);
        return !(LockedSession.end(anyone, PENDING) && none);
    }

    /** Nobody runs it, and nobody is about to. */
    public static boolean isFree(Connection anyone) throws SQLException {
        return !PendingStarts.isAnywhere(anyone, PENDING) && holder(anyone).isEmpty();
    }

    /** The name of the node that runs it, from whichever node it is asked. */
    public static Optional<String> holder(Connection anyone) throws SQLException {
        return LockedSession.holder(anyone, KEY);
    }

    /**
     * Another session that moves rows beside the lease's, in another thread.
     *
     * @throws SQLException as of a lost connection, when the lease is lost
     */
    public LockedSession worker() throws SQLException {
        LockedSession worker = beside();
        try {
            Sql.execute(worker.connection(), SESSION);
            return worker;
        } catch (SQLException fault) {
            worker.close();
            throw fault;
        }
    }

    /**
     * Another session that can't outlive the lease: whoever takes that over ends it.
     *
     * @throws SQLException as of a lost connection, when the lease is lost
     */
    public LockedSession beside() throws SQLException {
        LockedSession beside = LockedSession.openShared(database, WORKERS)
                .orElseThrow(() -> new SQLException("The lease of the migration is lost", SqlStates.CONNECTION_LOST));
        // After that: who takes the lease over ends the sessions that it finds.
        try {
            Sql.execute(connection(), "SELECT");
            return beside;
        } catch (SQLException fault) {
            beside.close();
            throw fault;
        }
    }

    private boolean tryToAcquire() throws SQLException, InterruptedException {
        Optional<LockedSession> free = LockedSession.open(database, KEY);
        if (free.isEmpty()) {
            return false;
        }
        boolean acquired = false;
        try {
            Sql.execute(free.get().connection(), SESSION);
            acquired = endFormerWorkers(free.get().connection());
        } finally {
            if (acquired) {
                session = free.get();
            } else {
                free.get().close();
            }
        }
        return acquired;
    }

    /** Those of a lease that was lost have lost it, too, and may not know. */
    private static boolean endFormerWorkers(Connection connection) throws SQLException, InterruptedException {
        for (int tries = 0; tries < 50; tries++) {
            if (LockedSession.end(connection, WORKERS)) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }
}
