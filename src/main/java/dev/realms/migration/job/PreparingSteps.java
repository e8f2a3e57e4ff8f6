package dev.realms.migration.job;

import dev.realms.migration.answer.CrossUserRepair;
import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.catalogue.TriggerSuspension;
import dev.realms.migration.check.Baseline;
import dev.realms.migration.check.Preflight;
import dev.realms.migration.check.PreflightReport;
import dev.realms.migration.move.ProgressTable;
import dev.realms.migration.pressure.Pressure;
import dev.realms.migration.rollback.Restore;
import dev.realms.migration.rollback.RollbackListener.RollbackStopped;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.RollbackStatus;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.SavedReports;
import dev.realms.realm.isolation.probe.IsolationProbe;
import dev.realms.settings.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What comes before the first row is moved. Each step says whether it came to its end. */
@Dependent
class PreparingSteps {

    private static final Logger LOG = Logger.getLogger(PreparingSteps.class.getName());

    @Inject
    private OwnerDatabase database;

    @Inject
    private Settings settings;

    @Inject
    private IsolationProbe probe;

    @Inject
    private RollbackStatus rollback;

    /** After a rollback: expands the schema again, and brings back what the archive holds. Else there is nothing to do. */
    boolean comeBack(MigrationRun run) throws SQLException {
        Connection connection = run.connection();
        if (!Restore.isDue(connection)) {
            return true;
        }
        new RollbackProgress(connection, () -> false).reset();
        new ExpandSchema(database.dataSource(), settings.database().appUser()).run();
        try {
            Restore.run(connection, more -> {
                if (!run.goesOn(MigrationState.RUNNING)) {
                    throw new RollbackStopped();
                }
            });
        } catch (RollbackStopped told) {
            return run.endsAsAsked();
        }
        rollback.askAgain();
        AuditEntry.bySystem("come-back").write(connection, "done");
        probe.look();
        return true;
    }

    /** However the job was started, it refuses what a start by an operator would refuse. */
    boolean preflight(MigrationRun run) throws SQLException {
        PreflightReport report =
                Preflight.run(run.connection(), settings.database().appUser(), PreflightAnswers.read(run.connection()));
        if (!report.ready()) {
            SavedReports.save(run.connection(), "preflight", false, report);
            throw run.failed(report.sentence());
        }
        long unseen = Pressure.unseenReplicas(run.connection());
        if (unseen > 0) {
            LOG.log(
                    Level.WARNING,
                    "{0} replicas can fall behind unseen: grant pg_read_all_stats to the schema owner",
                    unseen);
        }
        return true;
    }

    /** Does with triggers, and with the rows that refer to another user's, what the operator chose, before anything is written down or moved. */
    boolean answers(MigrationRun run) throws SQLException {
        PreflightAnswers answers = PreflightAnswers.read(run.connection());
        TriggerSuspension.suspend(run.connection(), answers);
        return new CrossUserRepair(run.connection(), () -> run.goesOn(MigrationState.RUNNING)).run(answers);
    }

    /** Writes down what is there, for the verification and for whoever watches. */
    boolean baseline(MigrationRun run) throws SQLException {
        ProgressTable.reset(run.connection());
        if (Baseline.take(run.connection())) {
            AuditEntry.bySystem("baseline").write(run.connection(), "taken");
        }
        return true;
    }
}
