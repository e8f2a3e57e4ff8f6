package dev.realms.migration.job;

import dev.realms.migration.check.Baseline;
import dev.realms.migration.move.Progress;
import dev.realms.ops.AuditEntry;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Named;

/** Writes down what is there, for the verification and for whoever watches. */
@Named
@Dependent
class BaselineStep extends MigrationStep {

    @Override
    String work(MigrationRun run) throws Exception {
        Progress.reset(run.connection());
        if (Baseline.take(run.connection())) {
            AuditEntry.bySystem("baseline").write(run.connection(), "taken");
        }
        return DONE;
    }
}
