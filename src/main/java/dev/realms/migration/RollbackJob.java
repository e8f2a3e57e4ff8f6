package dev.realms.migration;

import dev.realms.owner.AuditEntry;
import dev.realms.owner.OwnerDatabase;
import jakarta.batch.runtime.BatchRuntime;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The batch job that takes the database back. */
final class RollbackJob {

    static final String NAME = "roll-back-realms";

    private static final Logger LOG = Logger.getLogger(RollbackJob.class.getName());

    private RollbackJob() {}

    /** For a state that has been moved to {@code rolling-back}; as {@link MigrationJob#start}. */
    static long start(OwnerDatabase database) {
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
