package dev.realms.web.admission;

import dev.realms.sql.Retry;
import dev.realms.web.body.Bulkhead;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A bulkhead for requests of one kind, of whose permits one user never has all while there are several. Thread-safe. */
final class UserBulkhead {

    /** Of four permits one is kept for somebody else, of six one, of eight two. */
    private static final int SHARE_OF_OTHERS = 4;

    /** Each request that waits keeps a thread of the server, of which there are two hundred: some stay for others. */
    private static final int MOST_OF_ONE = 150;

    /** @param requests of the user, at work or waiting: with the last one it is forgotten */
    private record Share(Bulkhead bulkhead, int requests) {

        Share plus(int more) {
            return requests + more == 0 ? null : new Share(bulkhead, requests + more);
        }
    }

    private final int permits;
    private final Bulkhead ofAll;
    private final int ofOne;
    private final ConcurrentMap<String, Share> shares = new ConcurrentHashMap<>();

    UserBulkhead(int atOnce) {
        this.permits = atOnce;
        this.ofAll = new Bulkhead(atOnce);
        this.ofOne = Math.max(1, atOnce - Math.max(1, atOnce / SHARE_OF_OTHERS));
    }

    /** @throws DomainException {@code unavailable} when no permit got free for ten seconds, or too many of the user's wait already */
    <T, E extends Exception> T admit(String user, Retry.Act<T, E> request) throws E {
        Share share = shares.compute(user, (id, old) -> old == null ? new Share(new Bulkhead(ofOne), 1) : old.plus(1));
        Bulkhead own = share.bulkhead();
        try {
            if (share.requests() > MOST_OF_ONE) {
                throw new DomainException(
                        ProblemType.UNAVAILABLE, "Too many requests of yours at once; please try again.");
            }
            own.acquire();
            try {
                ofAll.acquire();
                try {
                    return request.run();
                } finally {
                    ofAll.release();
                }
            } finally {
                own.release();
            }
        } finally {
            shares.compute(user, (id, old) -> old.plus(-1));
        }
    }

    /** How many requests may work at the same time. */
    int permits() {
        return permits;
    }

    int working() {
        return permits - ofAll.free();
    }

    /** For a permit of all, or of one's own. */
    int waiting() {
        int present = shares.values().stream().mapToInt(Share::requests).sum();
        return Math.max(0, present - working());
    }
}
