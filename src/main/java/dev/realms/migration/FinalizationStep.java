package dev.realms.migration;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** The one step of the job: how far it is stands in the data, not in a checkpoint. */
@Named
@Dependent
class FinalizationStep extends AbstractBatchlet {

    @Inject
    @BatchProperty
    private String run;

    @Inject
    private Finalization finalization;

    private volatile boolean stopped;

    @Override
    public String process() throws Exception {
        return finalization.run(run, () -> stopped);
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
