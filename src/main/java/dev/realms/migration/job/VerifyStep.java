package dev.realms.migration.job;

import dev.realms.migration.check.Verification;
import dev.realms.migration.check.VerificationReport;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.Reports;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Named;
import java.util.Set;

/** Lets nobody past who has lost, changed or misplaced a row. */
@Named
@Dependent
class VerifyStep extends MigrationStep {

    @Override
    String work(MigrationRun run) throws Exception {
        boolean verifying = StateStore.move(
                run.connection(),
                Set.of(MigrationState.RUNNING),
                MigrationState.VERIFYING,
                null,
                AuditEntry.bySystem("verify"));
        if (!verifying) {
            return run.askedToStop();
        }
        VerificationReport report = Verification.run(run.connection());
        Reports.save(run.connection(), "verification", report.passed(), report);
        if (!report.passed()) {
            throw run.failed(report.sentence());
        }
        return DONE;
    }
}
