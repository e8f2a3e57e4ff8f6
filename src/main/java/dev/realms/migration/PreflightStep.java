package dev.realms.migration;

import dev.realms.migration.answer.Answers;
import dev.realms.migration.check.Preflight;
import dev.realms.migration.check.PreflightReport;
import dev.realms.owner.Reports;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Named;

/** However the job was started, it refuses what a start by an operator would refuse. */
@Named
@Dependent
class PreflightStep extends MigrationStep {

    @Override
    String work(MigrationRun run) throws Exception {
        PreflightReport report = Preflight.run(run.connection(), Answers.read(run.connection()));
        if (!report.ready()) {
            Reports.save(run.connection(), "preflight", false, report);
            throw run.failed(report.sentence());
        }
        return DONE;
    }
}
