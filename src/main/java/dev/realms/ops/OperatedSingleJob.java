package dev.realms.ops;

/** A {@link SingleJob} as operators steer it: stopped while it is at work, restarted when it is not. */
public abstract class OperatedSingleJob implements OperatedJob {

    protected final SingleJob job;

    /** @param job null in the proxy of a bean */
    protected OperatedSingleJob(SingleJob job) {
        this.job = job;
    }

    @Override
    public String name() {
        return job.runs().kind();
    }

    @Override
    public boolean canStop() {
        return job.isUnderWay();
    }

    @Override
    public boolean canRestart() {
        return !job.isUnderWay();
    }

    @Override
    public void stop(String actor, long execution) {
        job.stop(actor, execution);
    }
}
