package dev.realms.migration;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Named;

/** Puts right what was written meanwhile: every row has a realm by now, and belongs where the row lies that it refers to. */
@Named
@Dependent
class SettleStep extends MigrationStep {

    @Override
    String work(MigrationRun run) throws Exception {
        for (Placement placement : Placement.ALL) {
            if (!placement.sweep(run.connection(), () -> run.goesOn(MigrationState.RUNNING))) {
                return MigrationRun.STOP;
            }
        }
        return DONE;
    }
}
