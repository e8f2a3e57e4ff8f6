package dev.realms.migration.job;

import dev.realms.migration.state.MigrationState;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.inject.Inject;

/** A step in one piece. Ends with {@link MigrationRun#STOP} when the state no longer lets it. */
abstract class MigrationStep extends AbstractBatchlet {

    static final String DONE = "done";

    @Inject
    private MigrationRun run;

    @Override
    public final String process() {
        return run.guard(() -> run.goesOn(state()) ? work(run) : MigrationRun.STOP);
    }

    /** In which state the step belongs. */
    MigrationState state() {
        return MigrationState.RUNNING;
    }

    /** @return the exit status */
    abstract String work(MigrationRun run) throws Exception;
}
