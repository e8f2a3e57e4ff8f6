package dev.realms.migration.job;

import static dev.realms.migration.state.MigrationState.ROLLBACK_FAILED;
import static dev.realms.migration.state.MigrationState.ROLLED_BACK;
import static dev.realms.migration.state.MigrationState.ROLLING_BACK;

import dev.realms.migration.move.LeasedDataSource;
import dev.realms.migration.rollback.Rollback;
import dev.realms.migration.rollback.Rollback.CannotRollBack;
import dev.realms.migration.rollback.Rollback.RollbackReport;
import dev.realms.migration.rollback.RollbackListener.RollbackStopped;
import dev.realms.migration.schema.SchemaException;
import dev.realms.migration.state.RunnerLease;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.DatabaseFault;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.PendingStarts;
import dev.realms.ops.SavedReports;
import dev.realms.ops.StepFailed;
import dev.realms.ops.Transactions;
import dev.realms.realm.isolation.probe.IsolationProbe;
import dev.realms.security.secret.SecretBox;
import dev.realms.settings.Settings;
import dev.realms.web.json.RecordJson;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Takes the database back, with the lease of whoever moves it; in whatever way it ends, the state says so. */
@Named
@Dependent
class RollbackStep extends AbstractBatchlet {

    private static final Logger LOG = Logger.getLogger(RollbackStep.class.getName());

    /** An execution of the migration that the rollback has ended may be building an index. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Inject
    private JobContext job;

    @Inject
    private RunnerLease lease;

    @Inject
    private PendingStarts pending;

    @Inject
    private OwnerDatabase database;

    @Inject
    private SecretBox box;

    @Inject
    private IsolationProbe probe;

    @Inject
    private Settings settings;

    private volatile boolean stopped;

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public String process() throws Exception {
        boolean acquired = lease.acquire(job.getExecutionId(), PATIENCE);
        pending.begun(RunnerLease.PENDING);
        if (!acquired) {
            throw failed("The execution of the migration has not ended yet: ask for the rollback again.", null);
        }
        try {
            Connection connection = lease.connection();
            if (!StateStore.is(connection, ROLLING_BACK)) {
                throw new IllegalStateException("A rollback is asked for through the API");
            }
            rollBack(connection);
            return MigrationStep.DONE;
        } catch (RollbackStopped told) {
            throw failed("The application server stopped the job.", told);
        } catch (CannotRollBack | SchemaException fault) {
            throw failed(fault.getMessage(), fault);
        } catch (SQLException | RuntimeException fault) {
            if (MigrationRun.isConnectionLoss(fault)) {
                // The state stays until a node finds that nobody does it, and goes on.
                lease.lost("The rollback failed: " + DatabaseFault.sentence(fault) + ".");
                throw new StepFailed("The connection was lost.", fault);
            }
            throw failed("The rollback failed: " + DatabaseFault.sentence(fault) + ".", fault);
        } finally {
            lease.release(job.getExecutionId());
        }
    }

    private void rollBack(Connection connection) throws SQLException {
        RollbackProgress watch = new RollbackProgress(connection, this::isToEnd);
        watch.reset();
        Rollback rollback = new Rollback(
                new LeasedDataSource(lease::beside), settings.database().appUser(), box, Rollback.GRACE);
        end(connection, rollback.run(connection, watch, this::isToEnd));
        probe.look();
    }

    /** Asked of the session that holds the lease: without it, nothing may go on. */
    private boolean isToEnd() {
        try {
            return stopped || !StateStore.is(lease.connection(), ROLLING_BACK);
        } catch (SQLException lost) {
            throw new IllegalStateException("The lease was lost", lost);
        }
    }

    private static void end(Connection connection, RollbackReport report) throws SQLException {
        AuditEntry entry = new AuditEntry(
                AuditEntry.SYSTEM,
                "rollback",
                Json.createObjectBuilder()
                        .add("realms", report.realms())
                        .add("rowsOutsideDefaultRealms", report.rowsOutsideDefaultRealms())
                        .add("renamedDatabases", report.renamedDatabases().count())
                        .add("revokedKeys", report.revokedKeys().count())
                        .build());
        Transactions.run(connection, transaction -> {
            Rollback.finish(transaction);
            SavedReports.save(transaction, "rollback", true, report);
            return StateStore.move(transaction, Set.of(ROLLING_BACK), ROLLED_BACK, null, entry);
        });
        LOG.log(Level.INFO, "Rolled back: {0}", RecordJson.json(report));
    }

    private StepFailed failed(String reason, Throwable fault) {
        LOG.log(Level.SEVERE, "The rollback failed: {0}", reason);
        database.ask(connection -> StateStore.move(
                connection, Set.of(ROLLING_BACK), ROLLBACK_FAILED, reason, AuditEntry.bySystem("rollback")));
        return new StepFailed(reason, fault == null ? new Throwable() : fault);
    }
}
