package dev.realms.migration.job;

import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.RunnerLease;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.PendingStarts;
import jakarta.batch.runtime.BatchRuntime;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A batch job that works under the {@link RunnerLease}, while the state says that it is under way. */
public enum LeasedJob {
    MIGRATION("migrate-users-to-default-realms", "start", MigrationState.RUNNING, MigrationState.FAILED),
    ROLLBACK("roll-back-realms", "rollback", MigrationState.ROLLING_BACK, MigrationState.ROLLBACK_FAILED);

    /** The name of the job parameter that says the state has been moved already. */
    static final String STATE_MOVED = "stateMoved";

    private static final Logger LOG = Logger.getLogger(LeasedJob.class.getName());

    private final String id;
    private final String act;
    private final MigrationState underWay;
    private final MigrationState failed;

    LeasedJob(String id, String act, MigrationState underWay, MigrationState failed) {
        this.id = id;
        this.act = act;
        this.underWay = underWay;
        this.failed = failed;
    }

    /** Of its job XML. */
    public String id() {
        return id;
    }

    /**
     * To be called outside any transaction: a server may refuse to start a job in one, or begin it before the caller has committed.
     *
     * @param move the state, to where the job is under way; false where somebody else was faster
     * @return what {@code move} said
     */
    public boolean start(OwnerDatabase database, PendingStarts pending, OwnerDatabase.Work<Boolean> move) {
        return pending.start(RunnerLease.PENDING, move, () -> startMoved(database));
    }

    /** For a state that has been moved. @return the execution */
    public long startMoved(OwnerDatabase database) {
        Properties parameters = new Properties();
        if (this == MIGRATION) {
            parameters.setProperty(STATE_MOVED, "true");
        }
        try {
            long execution = BatchRuntime.getJobOperator().start(id, parameters);
            LOG.log(Level.INFO, "Execution {0} of {1} started", new Object[] {execution, id});
            return execution;
        } catch (RuntimeException fault) {
            String reason = "The application server could not start the job.";
            database.ask(connection ->
                    StateStore.move(connection, Set.of(underWay), failed, reason, AuditEntry.bySystem(act)));
            throw fault;
        }
    }
}
