package dev.realms.web.admission;

import dev.realms.sql.Retry;
import dev.realms.sql.SqlStates;
import dev.realms.web.problem.LostRace;
import dev.realms.web.problem.StaleConnection;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Runs a request again that has done nothing yet: it lost a race, met a table on its way back, or a connection that had been cut
 * or led to a server that can only be read.
 */
public final class RequestRetry {

    static final int MOST_TRIES = 5;

    /** A pool can hand out as many bad connections in a row: one that is read-only, and the same again when it is cut. */
    static final int MOST_CONNECTIONS = 8;

    private static final int FIRST_PAUSE_MILLIS = 20;

    /** All of them together are longer than the time after which a pool asks a connection again: 1 s on Payara, 1.5 s on WildFly. */
    private static final Duration PAUSE_FOR_CONNECTION = Duration.ofMillis(500);

    /** Half of the time for which a pool lets a request wait for a connection: who has waited in vain does not wait again. */
    private static final Duration LONG_WAIT = Duration.ofSeconds(5);

    private RequestRetry() {}

    /**
     * @param letGo of the connections that the pool has to a server that can only be read
     * @throws E what is thrown at last
     */
    public static <T, E extends Exception> T run(Retry.Act<T, E> request, Runnable letGo) throws E {
        return new Retry(RequestRetry::isWorthIt, failure -> pause(failure, letGo)).run(request);
    }

    private static boolean isWorthIt(Retry.Failure failure) {
        Exception cause = failure.cause();
        int most = 0;
        if (isReadOnly(cause) || StaleConnection.isBehind(cause)) {
            most = MOST_CONNECTIONS;
        } else if (LostRace.isBehind(cause) || isOfMovedTable(cause)) {
            most = MOST_TRIES;
        }
        return failure.tries() < most && failure.took().compareTo(LONG_WAIT) <= 0;
    }

    private static Duration pause(Retry.Failure failure, Runnable letGo) {
        if (isReadOnly(failure.cause())) {
            letGo.run();
            return PAUSE_FOR_CONNECTION;
        }
        return StaleConnection.isBehind(failure.cause()) ? PAUSE_FOR_CONNECTION : afterRace(failure.tries());
    }

    private static boolean isReadOnly(Exception failure) {
        return SqlStates.of(failure).stream().anyMatch(SqlStates::isReadOnly);
    }

    /** A rollback gave the table back while a statement waited for it: the next one finds its new place, or is refused like all others. */
    private static boolean isOfMovedTable(Exception failure) {
        return SqlStates.of(failure).contains(SqlStates.UNDEFINED_TABLE);
    }

    /** Of random length, so that those who met do not meet again; longer each time. */
    private static Duration afterRace(int tries) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextInt(FIRST_PAUSE_MILLIS << tries));
    }
}
