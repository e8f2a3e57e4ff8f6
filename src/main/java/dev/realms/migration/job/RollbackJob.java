package dev.realms.migration.job;

import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.OwnerDatabase;
import jakarta.batch.runtime.BatchRuntime;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The batch job that takes the database back. */
public final class RollbackJob {

    public static final String NAME = "roll-back-realms";

    private static final Logger LOG = Logger.getLogger(RollbackJob.class.getName());

    private RollbackJob() {}

    /** For a state that has been moved to {@code rolling-back}; as {@link MigrationJob#start}. */
    public static long start(OwnerDatabase database) {
        try {
            long execution = BatchRuntime.getJobOperator().start(NAME, new Properties());
            LOG.log(Level.INFO, "Execution {0} of the rollback started", execution);
            return execution;
        } catch (RuntimeException fault) {
            database.ask(connection -> StateStore.move(
                    connection,
                    Set.of(MigrationState.ROLLING_BACK),
                    MigrationState.ROLLBACK_FAILED,
                    "The application server could not start the job.",
                    AuditEntry.bySystem("rollback")));
            throw fault;
        }
    }
}
