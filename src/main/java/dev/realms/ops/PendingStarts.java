package dev.realms.ops;

import jakarta.annotation.PreDestroy;
import jakarta.batch.operations.NoSuchJobExecutionException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Jobs that this node was asked to start, and that have not begun: on a busy server that takes a while, and nobody holds the job's own
 * lock yet. For each a session of this node holds another lock, shared, which ends with the node. So the others can tell a slow start
 * from a dead node, without a clock.
 */
@ApplicationScoped
public class PendingStarts {

    private static final Set<BatchStatus> OVER =
            Set.of(BatchStatus.COMPLETED, BatchStatus.FAILED, BatchStatus.STOPPED, BatchStatus.ABANDONED);

    private final Set<Pending> pending = ConcurrentHashMap.newKeySet();
    private OwnerDatabase database;

    PendingStarts() {}

    @Inject
    public PendingStarts(OwnerDatabase database) {
        this.database = database;
    }

    /** A job in the hands of the batch runtime, or on its way there. */
    private static final class Pending {
        private final long key;
        private final LockedSession session;
        private volatile Long execution;

        private Pending(long key, LockedSession session) {
            this.key = key;
            this.session = session;
        }
    }

    /** Whether a node is about to begin one; asked before who holds the job's own lock, it leaves no moment in which nobody has either. */
    public static boolean isAnywhere(Connection anyone, long key) throws SQLException {
        return LockedSession.holder(anyone, key).isPresent();
    }

    /**
     * To be called outside any transaction, because a job may not be started inside one.
     *
     * @param key of the lock; any number that nobody else uses
     * @param claim makes the job this node's to start, in the session that holds the lock; false where somebody else was faster
     * @param job starts it, and answers its execution's id
     * @return what {@code claim} said
     */
    public boolean start(long key, OwnerDatabase.Work<Boolean> claim, LongSupplier job) {
        LockedSession session = open(key);
        Pending start = new Pending(key, session);
        boolean started = false;
        try {
            if (claim.on(session.connection())) {
                pending.add(start);
                start.execution = job.getAsLong();
                started = true;
            }
            return started;
        } catch (SQLException fault) {
            throw new DatabaseFault(fault);
        } finally {
            if (!started) {
                pending.remove(start);
                session.close();
            }
        }
    }

    /** Whoever begins holds the job's own lock, or knows who does. */
    public void begun(long key) {
        end(start -> start.key == key);
    }

    public boolean isAnyHere(long key) {
        return pending.stream().anyMatch(start -> start.key == key);
    }

    /** Jobs that have ended before they began: the batch runtime knows of them, and nobody is to wait for them. */
    public void endThoseOver() {
        end(start -> start.execution != null && isOver(start.execution));
    }

    @PreDestroy
    void endAll() {
        end(start -> true);
    }

    private void end(Predicate<Pending> which) {
        for (Pending start : pending) {
            if (which.test(start) && pending.remove(start)) {
                start.session.close();
            }
        }
    }

    private LockedSession open(long key) {
        try {
            return LockedSession.openShared(database, key)
                    .orElseThrow(() -> new IllegalStateException("Somebody holds the lock of starts alone"));
        } catch (SQLException fault) {
            throw new DatabaseFault(fault);
        }
    }

    private static boolean isOver(long execution) {
        try {
            return OVER.contains(
                    BatchRuntime.getJobOperator().getJobExecution(execution).getBatchStatus());
        } catch (NoSuchJobExecutionException forgotten) {
            return true;
        }
    }
}
