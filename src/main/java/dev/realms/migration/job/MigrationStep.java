package dev.realms.migration.job;

import dev.realms.migration.state.MigrationState;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.runtime.context.StepContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/**
 * Every step of the migration's job XML that is done in one piece; which one it is its id says. Ends with {@link MigrationRun#STOPPED}
 * when the state no longer lets it go on.
 */
@Named
@Dependent
class MigrationStep extends AbstractBatchlet {

    static final String DONE = "done";

    @Inject
    private StepContext step;

    @Inject
    private MigrationRun run;

    @Inject
    private PreparingSteps preparing;

    @Inject
    private ConcludingSteps concluding;

    @Override
    public String process() {
        String id = step.getStepName();
        MigrationState state = id.equals("contract") ? MigrationState.VERIFYING : MigrationState.RUNNING;
        return run.guard(() -> run.goesOn(state) && work(id) ? DONE : MigrationRun.STOPPED);
    }

    /** @return whether it came to its end */
    private boolean work(String id) throws Exception {
        return switch (id) {
            case "come-back" -> preparing.comeBack(run);
            case "preflight" -> preparing.preflight(run);
            case "answers" -> preparing.answers(run);
            case "baseline" -> preparing.baseline(run);
            case "sweep" -> concluding.sweep(run);
            case "settle" -> concluding.settle(run);
            case "verify" -> concluding.verify(run);
            case "contract" -> concluding.contract(run);
            default -> throw new IllegalStateException("There is no step " + id);
        };
    }
}
