package dev.realms.web.body;

import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Places in the order in which they were asked for, for who waits no longer than ten seconds. Thread-safe. */
public final class Places {

    private static final int PATIENCE_SECONDS = 10;

    private static final int ANY = Integer.MAX_VALUE;

    private final Semaphore free;
    private final int mostWaiting;

    /** However many wait. */
    public Places(int number) {
        this(number, ANY);
    }

    /** @param mostWaiting about as many may wait at a time; each of them holds a thread of the server */
    public Places(int number, int mostWaiting) {
        this.free = new Semaphore(number, true);
        this.mostWaiting = mostWaiting;
    }

    /** @throws DomainException {@code unavailable} when none gets free in time, or too many wait already */
    public void take() {
        if (isCrowded() || !isFreeInTime()) {
            throw new DomainException(ProblemType.UNAVAILABLE, "Too many requests at once; please try again.");
        }
    }

    /** Once for each that was taken. */
    public void giveBack() {
        free.release();
    }

    /** Whether too many wait already. To count them is a walk along all of them. */
    private boolean isCrowded() {
        return mostWaiting != ANY && waiting() >= mostWaiting;
    }

    int waiting() {
        return free.getQueueLength();
    }

    private boolean isFreeInTime() {
        try {
            return free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
