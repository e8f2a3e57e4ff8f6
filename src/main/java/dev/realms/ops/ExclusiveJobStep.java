package dev.realms.ops;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** The one step of every {@link ExclusiveJob}: how far the job is stands in the data, not in a checkpoint. */
@Named
@Dependent
class ExclusiveJobStep extends AbstractBatchlet {

    /** Given by whoever asked for the run; null or empty when the server's own tools started the job. */
    @Inject
    @BatchProperty
    private String run;

    @Inject
    private JobContext execution;

    @Inject
    @Any
    private Instance<ExclusiveJob> jobs;

    private volatile boolean stopped;

    @Override
    public String process() throws Exception {
        return jobs.stream()
                .filter(job -> job.name().equals(execution.getJobName()))
                .findFirst()
                .orElseThrow()
                .run(run, () -> stopped);
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
