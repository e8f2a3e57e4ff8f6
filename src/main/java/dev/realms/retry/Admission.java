package dev.realms.retry;

import dev.realms.problem.DomainException;
import dev.realms.problem.ProblemType;
import dev.realms.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets as many requests work at the same time as keep processors and database busy, and the others wait in the order of their arrival:
 * more at once would only get into each other's way, and the pools of the servers do not hand out connections in order. Those who
 * write have places of their own, because they may wait for each other's locks.
 */
@ApplicationScoped
public class Admission {

    private static final int FOR_EACH_PROCESSOR = 3;

    /** Both kinds together find the connections that the servers' pools have. */
    private static final int MOST = 8;

    private static final int PATIENCE_SECONDS = 10;

    @Inject
    @ConfigProperty(name = Settings.REQUESTS_AT_ONCE, defaultValue = "0")
    private int configured;

    private Semaphore readers;
    private Semaphore writers;

    @PostConstruct
    void open() {
        open(configured > 0 ? configured : places(Runtime.getRuntime().availableProcessors()));
    }

    void open(int places) {
        readers = new Semaphore(places, true);
        writers = new Semaphore(places, true);
    }

    static int places(int processors) {
        return Math.min(MOST, FOR_EACH_PROCESSOR * processors);
    }

    /**
     * Waits for a place and keeps it as long as the request works.
     *
     * @throws DomainException {@code unavailable} when none got free for ten seconds
     */
    <T, E extends Exception> T admit(boolean reads, Tries.Act<T, E> request) throws E {
        Semaphore places = reads ? readers : writers;
        if (!hasPlace(places)) {
            throw new DomainException(ProblemType.UNAVAILABLE, "Too many requests at once; please try again.");
        }
        try {
            return request.run();
        } finally {
            places.release();
        }
    }

    private static boolean hasPlace(Semaphore places) {
        try {
            return places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
