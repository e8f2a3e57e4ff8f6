package dev.realms.migration.job;

import dev.realms.migration.answer.Answers;
import dev.realms.migration.answer.Settlement;
import dev.realms.migration.move.Placement;
import dev.realms.migration.state.MigrationState;
import dev.realms.ops.GoOn;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Named;

/** Puts right what was written meanwhile: every row has a realm by now, and belongs where the row lies that it refers to. */
@Named
@Dependent
class SettleStep extends MigrationStep {

    @Override
    String work(MigrationRun run) throws Exception {
        GoOn goOn = () -> run.goesOn(MigrationState.RUNNING);
        boolean goesOn = new Settlement(run.connection(), goOn).run(Answers.read(run.connection()));
        if (Placement.isNeeded(run.connection())) {
            for (Placement placement : Placement.ALL) {
                goesOn = goesOn && placement.sweep(run.connection(), goOn);
            }
        }
        return goesOn ? DONE : MigrationRun.STOP;
    }
}
