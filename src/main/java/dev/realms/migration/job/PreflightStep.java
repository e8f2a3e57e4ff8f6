package dev.realms.migration.job;

import dev.realms.migration.answer.Answers;
import dev.realms.migration.check.Preflight;
import dev.realms.migration.check.PreflightReport;
import dev.realms.migration.pressure.Pressure;
import dev.realms.ops.Reports;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Named;
import java.util.logging.Level;
import java.util.logging.Logger;

/** However the job was started, it refuses what a start by an operator would refuse. */
@Named
@Dependent
class PreflightStep extends MigrationStep {

    private static final Logger LOG = Logger.getLogger(PreflightStep.class.getName());

    @Override
    String work(MigrationRun run) throws Exception {
        PreflightReport report = Preflight.run(run.connection(), Answers.read(run.connection()));
        if (!report.ready()) {
            Reports.save(run.connection(), "preflight", false, report);
            throw run.failed(report.sentence());
        }
        long unseen = Pressure.unseenReplicas(run.connection());
        if (unseen > 0) {
            LOG.log(
                    Level.WARNING,
                    "{0} replicas can fall behind unseen: grant pg_read_all_stats to the schema owner",
                    unseen);
        }
        return DONE;
    }
}
