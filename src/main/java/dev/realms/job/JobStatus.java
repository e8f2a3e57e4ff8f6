package dev.realms.job;

/** How far a job has come. The order is the one in which they follow each other; the last three are ends. */
public enum JobStatus {
    PENDING,
    WAITING_FOR_REMOTE_WORKER,
    PROCESSING,
    FINISHED,
    FAILED,
    CANCELLED;

    public boolean isEnd() {
        return ordinal() >= FINISHED.ordinal();
    }

    /** Forward only, and from an end nowhere; staying is no move and always possible. */
    boolean mayBecome(JobStatus next) {
        return next == this || !isEnd() && next.ordinal() > ordinal();
    }
}
