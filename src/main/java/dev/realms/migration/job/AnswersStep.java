package dev.realms.migration.job;

import dev.realms.migration.answer.Answers;
import dev.realms.migration.answer.Settlement;
import dev.realms.migration.state.MigrationState;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Named;

/** Does with the rows that refer to another user's what the operator chose, before anything is written down or moved. */
@Named
@Dependent
class AnswersStep extends MigrationStep {

    @Override
    String work(MigrationRun run) throws Exception {
        boolean ended = new Settlement(run.connection(), () -> run.goesOn(MigrationState.RUNNING))
                .run(Answers.read(run.connection()));
        return ended ? DONE : MigrationRun.STOP;
    }
}
