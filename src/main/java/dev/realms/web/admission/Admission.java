package dev.realms.web.admission;

import dev.realms.settings.Settings;
import dev.realms.sql.Retry;
import dev.realms.web.problem.DomainException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Lets as many requests work at the same time as keep processors and database busy, and the others wait in the order of their arrival:
 * more at once would only get into each other's way, and the pools of the servers do not hand out connections in order. Those who
 * write have permits of their own, because they may wait for each other's locks; and nobody gets all of them, because the requests of
 * one user may all wait for the same lock, which the pre-realm application holds as long as it likes.
 */
@ApplicationScoped
public class Admission {

    private static final int FOR_EACH_PROCESSOR = 3;

    /** Both kinds together find the connections that the servers' pools have. */
    private static final int MOST = 8;

    @Inject
    private Settings settings;

    private UserBulkhead readers;
    private UserBulkhead writers;

    @PostConstruct
    void open() {
        int configured = settings.requestsAtOnce();
        open(configured > 0 ? configured : atOnce(Runtime.getRuntime().availableProcessors()));
    }

    void open(int atOnce) {
        readers = new UserBulkhead(atOnce);
        writers = new UserBulkhead(atOnce);
    }

    static int atOnce(int processors) {
        return Math.min(MOST, FOR_EACH_PROCESSOR * processors);
    }

    /**
     * Waits for a permit and keeps it as long as the request works.
     *
     * @param user whose request it is
     * @throws DomainException {@code unavailable} when no permit got free for ten seconds
     */
    <T, E extends Exception> T admit(boolean reads, String user, Retry.Act<T, E> request) throws E {
        return (reads ? readers : writers).admit(user, request);
    }

    UserBulkhead readers() {
        return readers;
    }

    UserBulkhead writers() {
        return writers;
    }
}
