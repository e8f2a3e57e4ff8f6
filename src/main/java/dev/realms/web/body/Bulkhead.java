package dev.realms.web.body;

import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many at work at a time. The others wait in the order of their arrival, ten seconds at most, and not more than so many.
 * Thread-safe.
 */
public final class Bulkhead {

    private static final int PATIENCE_SECONDS = 10;

    private static final int ANY = Integer.MAX_VALUE;

    private final Semaphore permits;
    private final int mostWaiting;

    /** However many wait. */
    public Bulkhead(int atOnce) {
        this(atOnce, ANY);
    }

    /** @param mostWaiting about as many may wait at a time; each of them holds a thread of the server */
    public Bulkhead(int atOnce, int mostWaiting) {
        this.permits = new Semaphore(atOnce, true);
        this.mostWaiting = mostWaiting;
    }

    /** @throws DomainException {@code unavailable} when no permit gets free in time, or too many wait already */
    public void acquire() {
        if (isCrowded() || !isFreeInTime()) {
            throw new DomainException(ProblemType.UNAVAILABLE, "Too many requests at once; please try again.");
        }
    }

    /** Once for each permit that was acquired. */
    public void release() {
        permits.release();
    }

    /** Whether too many wait already. To count them is a walk along all of them. */
    private boolean isCrowded() {
        return mostWaiting != ANY && waiting() >= mostWaiting;
    }

    /** How many more may begin at once. */
    public int free() {
        return permits.availablePermits();
    }

    int waiting() {
        return permits.getQueueLength();
    }

    private boolean isFreeInTime() {
        try {
            return permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
