package dev.realms.web.admission;

import dev.realms.sql.Retry;
import dev.realms.web.body.Places;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Places for requests of one kind, of which one user never has all while there are several. Thread-safe. */
final class Shared {

    /** Of four places one is kept for somebody else, of six one, of eight two. */
    private static final int KEPT = 4;

    /** Each request that waits keeps a thread of the server, of which there are two hundred: some stay for others. */
    private static final int MOST_OF_ONE = 150;

    /** @param requests of the user, at work or waiting: with the last one it is forgotten */
    private record Share(Places places, int requests) {

        Share plus(int more) {
            return requests + more == 0 ? null : new Share(places, requests + more);
        }
    }

    private final Places places;
    private final int ofOne;
    private final ConcurrentMap<UUID, Share> shares = new ConcurrentHashMap<>();

    Shared(int number) {
        this.places = new Places(number);
        this.ofOne = Math.max(1, number - Math.max(1, number / KEPT));
    }

    /** @throws DomainException {@code unavailable} when none got free for ten seconds, or too many of the user's wait already */
    <T, E extends Exception> T admit(UUID user, Retry.Act<T, E> request) throws E {
        Share share = shares.compute(user, (id, old) -> old == null ? new Share(new Places(ofOne), 1) : old.plus(1));
        Places own = share.places();
        try {
            if (share.requests() > MOST_OF_ONE) {
                throw new DomainException(
                        ProblemType.UNAVAILABLE, "Too many requests of yours at once; please try again.");
            }
            own.take();
            try {
                places.take();
                try {
                    return request.run();
                } finally {
                    places.giveBack();
                }
            } finally {
                own.giveBack();
            }
        } finally {
            shares.compute(user, (id, old) -> old.plus(-1));
        }
    }
}
