package dev.realms.ops;

import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.batch.operations.JobExecutionNotRunningException;
import jakarta.batch.operations.NoSuchJobExecutionException;
import jakarta.batch.runtime.BatchRuntime;

/**
 * A batch job as operators steer it: through the job's own rules, never past them. A restart is a fresh start, because what is left to do
 * is read from the data.
 */
public interface OperatedJob {

    /** The id of its job XML. */
    String name();

    /** Whether what an execution does can be told to end now. */
    boolean canStop();

    /** Whether what an execution has left can be gone on with now. */
    boolean canRestart();

    /**
     * @param actor the id of a user
     * @param execution the one that is at work
     * @throws DomainException {@code wrong-state} when it has ended meanwhile
     */
    void stop(String actor, long execution);

    /**
     * To be called outside any transaction, because a job may not be started inside one.
     *
     * @param actor the id of a user
     * @throws DomainException {@code wrong-state} when somebody was faster
     */
    void restart(String actor);

    /**
     * Has the application server tell an execution's step, which ends itself: for jobs that know no state to be stopped through.
     *
     * @param entry who asks for it, for the audit log
     * @throws DomainException {@code wrong-state} when it does not run on this node, or no longer
     */
    static void tellToStop(OwnerDatabase database, AuditEntry entry, long execution) {
        boolean told = isTold(execution);
        database.ask(connection -> {
            entry.write(connection, told ? "asked to stop" : "refused: has ended");
            return null;
        });
        if (!told) {
            throw new DomainException(ProblemType.WRONG_STATE, "The execution has ended: it can't stop.");
        }
    }

    private static boolean isTold(long execution) {
        try {
            BatchRuntime.getJobOperator().stop(execution);
            return true;
        } catch (JobExecutionNotRunningException | NoSuchJobExecutionException ended) {
            return false;
        }
    }
}
