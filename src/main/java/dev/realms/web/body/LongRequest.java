package dev.realms.web.body;

import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * A request that may take minutes, and a thread, a connection or much memory all the while: until it has been answered it holds one of the
 * few permits that a node has for those. Nobody has two. They are not waited for.
 */
@RequestScoped
public class LongRequest {

    private static final Semaphore PERMITS = new Semaphore(2);

    private static final Set<String> USERS = ConcurrentHashMap.newKeySet();

    private String user;

    /**
     * Once more is the same.
     *
     * @throws DomainException {@code unavailable}
     */
    public void begin(String userId) {
        if (user != null) {
            return;
        }
        if (!USERS.add(userId)) {
            throw new DomainException(
                    ProblemType.UNAVAILABLE, "An export or import of yours is under way; please try again afterwards.");
        }
        if (!PERMITS.tryAcquire()) {
            USERS.remove(userId);
            throw new DomainException(
                    ProblemType.UNAVAILABLE, "Others export and import at the moment; please try again.");
        }
        user = userId;
    }

    @PreDestroy
    void end() {
        if (user != null) {
            PERMITS.release();
            USERS.remove(user);
            user = null;
        }
    }
}
