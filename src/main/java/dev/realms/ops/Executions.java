package dev.realms.ops;

import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.batch.operations.JobExecutionNotRunningException;
import jakarta.batch.operations.NoSuchJobExecutionException;
import jakarta.batch.runtime.BatchRuntime;

/** Executions of jobs that know no states of their own to be stopped through. */
public final class Executions {

    private Executions() {}

    /**
     * Has the application server tell the step, which ends itself.
     *
     * @param entry who asks for it, for the audit log
     * @throws DomainException {@code wrong-state} when it does not run on this node, or no longer
     */
    public static void stop(OwnerDatabase database, AuditEntry entry, long execution) {
        boolean told = tell(execution);
        database.ask(connection -> {
            entry.write(connection, told ? "asked to stop" : "refused: has ended");
            return null;
        });
        if (!told) {
            throw new DomainException(ProblemType.WRONG_STATE, "The execution has ended: it can't stop.");
        }
    }

    private static boolean tell(long execution) {
        try {
            BatchRuntime.getJobOperator().stop(execution);
            return true;
        } catch (JobExecutionNotRunningException | NoSuchJobExecutionException ended) {
            return false;
        }
    }
}
