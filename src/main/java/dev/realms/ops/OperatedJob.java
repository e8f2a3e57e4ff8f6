package dev.realms.ops;

import dev.realms.web.problem.DomainException;

/**
 * A batch job as operators steer it: through the job's own rules, never past them. A restart is a fresh start, because what is left to do
 * is read from the data.
 */
public interface OperatedJob {

    /** The id of its job XML. */
    String name();

    /** Whether what an execution does can be told to end now. */
    boolean canStop();

    /** Whether what an execution has left can be gone on with now. */
    boolean canRestart();

    /**
     * @param actor the id of a user
     * @param execution the one that is at work
     * @throws DomainException {@code wrong-state} when it has ended meanwhile
     */
    void stop(String actor, long execution);

    /**
     * To be called outside any transaction, because a job may not be started inside one.
     *
     * @param actor the id of a user
     * @throws DomainException {@code wrong-state} when somebody was faster
     */
    void restart(String actor);
}
