package dev.realms.migration.job;

import dev.realms.migration.answer.CrossUserRepair;
import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.check.Baseline;
import dev.realms.migration.check.VerificationReport;
import dev.realms.migration.move.FailedChunks;
import dev.realms.migration.move.LeasedDataSource;
import dev.realms.migration.move.Placement;
import dev.realms.migration.move.Portions;
import dev.realms.migration.move.ProgressTable;
import dev.realms.migration.move.Statistics;
import dev.realms.migration.move.TableRun;
import dev.realms.migration.schema.SchemaException;
import dev.realms.migration.schema.StageRun;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.RunnerLease;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.ContinueCheck;
import dev.realms.ops.DatabaseFault;
import dev.realms.ops.SavedReports;
import dev.realms.realm.isolation.probe.IsolationProbe;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** What comes when the tables have been gone through once. Each step says whether it came to its end. */
@Dependent
class ConcludingSteps {

    @Inject
    private RunnerLease lease;

    @Inject
    private IsolationProbe probe;

    /**
     * Goes through all tables again, for rows that came behind the readers without the triggers: a replication or a bulk load
     * switches them off. What has failed is tried once more; what is left of it then, or was skipped, ends the run.
     */
    boolean sweep(MigrationRun run) throws SQLException {
        for (Portions portions : Portions.ALL) {
            if (!sweep(run, portions)) {
                return false;
            }
        }
        Optional<String> open = FailedChunks.sentence(run.connection());
        if (open.isPresent()) {
            throw run.failed(open.get());
        }
        return true;
    }

    private static boolean sweep(MigrationRun run, Portions portions) throws SQLException {
        try (TableRun rows = TableRun.of(portions.table(), run.sessions())) {
            boolean ended = rows.workToEnd(() -> run.goesOn(MigrationState.RUNNING));
            if (ended) {
                FailedChunks.settle(run.connection(), portions);
                ProgressTable.end(run.connection(), portions);
            }
            return ended;
        }
    }

    /** Puts right what was written meanwhile: every row has a realm by now, and belongs where the row lies that it refers to. */
    boolean settle(MigrationRun run) throws SQLException {
        ContinueCheck check = () -> run.goesOn(MigrationState.RUNNING);
        boolean goesOn = new CrossUserRepair(run.connection(), check).run(PreflightAnswers.read(run.connection()));
        if (Placement.isNeeded(run.connection())) {
            for (Placement placement : Placement.ALL) {
                goesOn = goesOn && placement.sweep(run.connection(), check);
            }
        }
        return goesOn;
    }

    /** Lets nobody past who has lost, changed or misplaced a row. */
    boolean verify(MigrationRun run) throws SQLException {
        boolean verifying = StateStore.move(
                run.connection(),
                Set.of(MigrationState.RUNNING),
                MigrationState.VERIFYING,
                null,
                AuditEntry.bySystem("verify"));
        if (!verifying) {
            return run.endsAsAsked();
        }
        VerificationReport report = VerificationReport.of(run.connection());
        SavedReports.save(run.connection(), "verification", report.passed(), report);
        if (!report.passed()) {
            throw run.failed(report.sentence());
        }
        return true;
    }

    /** From here on the database itself keeps every row in a realm of its owner. */
    boolean contract(MigrationRun run) throws SQLException {
        try {
            StageRun.contract(new LeasedDataSource(lease::beside)).run(() -> isStopped(run));
        } catch (SchemaException fault) {
            if (isStopped(run)) {
                return run.endsAsAsked();
            }
            throw fault;
        }
        Statistics.refresh(run.connection(), "realms, database_servers, databases, documents, jobs, api_keys");
        Baseline.foldChanges(run.connection());
        boolean migrated = StateStore.move(
                run.connection(),
                Set.of(MigrationState.VERIFYING),
                MigrationState.MIGRATED,
                null,
                AuditEntry.bySystem("contract"));
        probe.look();
        return migrated || run.endsAsAsked();
    }

    /** Asked in the session of the lease: a script does not begin when that is lost. */
    private static boolean isStopped(MigrationRun run) {
        try {
            return !StateStore.is(run.connection(), MigrationState.VERIFYING);
        } catch (SQLException lost) {
            throw new DatabaseFault(lost);
        }
    }
}
