package dev.realms.ops;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.inject.Inject;
import java.util.function.BooleanSupplier;

/** The one step of a {@link SingleJob}: how far it is stands in the data, not in a checkpoint. */
public abstract class SingleJobStep extends AbstractBatchlet {

    /** Given by whoever asked for the run; null or empty when the server's own tools started the job. */
    @Inject
    @BatchProperty
    private String run;

    private volatile boolean stopped;

    /** @param asked whether the server wants it to end. @return the exit status */
    protected abstract String run(String claimed, BooleanSupplier asked) throws Exception;

    @Override
    public String process() throws Exception {
        return run(run, () -> stopped);
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
