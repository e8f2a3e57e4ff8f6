package dev.realms.migration.job;

import static dev.realms.migration.state.MigrationState.RUNNING;
import static dev.realms.migration.state.MigrationState.STOPPED;
import static dev.realms.migration.state.MigrationState.VERIFYING;

import dev.realms.migration.state.MigrationAct;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.RunnerLease;
import dev.realms.migration.state.RunnerStatus;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.DatabaseFault;
import dev.realms.ops.PendingStarts;
import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.listener.JobListener;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Takes the lease when an execution begins, keeps the state true to how it ends, and gives the lease back. */
@Named
@Dependent
class MigrationListener implements JobListener {

    private static final Logger LOG = Logger.getLogger(MigrationListener.class.getName());

    /** The end of an execution that was just told to stop is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Inject
    @BatchProperty
    private String stateMoved;

    @Inject
    private JobContext job;

    @Inject
    private RunnerLease lease;

    @Inject
    private PendingStarts pending;

    @Inject
    private MigrationRun run;

    @Override
    public void beforeJob() throws Exception {
        boolean acquired = lease.acquire(job.getExecutionId(), PATIENCE);
        pending.begun(RunnerLease.PENDING);
        if (!acquired) {
            throw new IllegalStateException("Another execution runs the migration");
        }
        Connection connection = lease.connection();
        RunnerStatus.beat(connection);
        if (!Boolean.parseBoolean(stateMoved)) {
            moveState(connection);
        }
        MigrationState state = StateStore.read(connection).state();
        if (state != RUNNING) {
            lease.release(job.getExecutionId());
            throw new IllegalStateException("The migration does not run in state " + state.text());
        }
    }

    /** Started through the application server's own batch tools, which know nothing of states. */
    private static void moveState(Connection connection) throws SQLException {
        AuditEntry start = AuditEntry.bySystem("start");
        StateStore.move(connection, Set.of(VERIFYING), STOPPED, null, start);
        StateStore.move(connection, MigrationAct.START.from(), RUNNING, null, start);
        StateStore.move(connection, MigrationAct.RESUME.from(), RUNNING, null, start);
    }

    /** Called even where {@link #beforeJob} has thrown, hence for an execution that never had the lease, too. */
    @Override
    public void afterJob() {
        try {
            if (lease.isHeldBy(job.getExecutionId()) && run.endsUnexplained()) {
                StateStore.move(
                        lease.connection(),
                        MigrationState.UNDER_WAY,
                        STOPPED,
                        "The application server stopped the job.",
                        AuditEntry.bySystem("stop"));
            }
        } catch (SQLException fault) {
            LOG.log(
                    Level.WARNING,
                    "The end of the migration could not be recorded: {0}",
                    DatabaseFault.sentence(fault));
        } finally {
            lease.release(job.getExecutionId());
        }
    }
}
