package dev.realms.web.admission;

import dev.realms.web.problem.LostRace;
import dev.realms.web.problem.SqlStates;
import dev.realms.web.problem.StaleConnection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs again what failed for no fault of its own and has done nothing: it lost a race, or met a connection that had been cut or led to a
 * server that can only be read.
 */
public final class Tries {

    /** What begins its transactions itself, so that a failure leaves nothing behind. */
    @FunctionalInterface
    public interface Act<T, E extends Exception> {
        T run() throws E;
    }

    static final int MOST = 5;

    private static final Logger LOG = Logger.getLogger(Tries.class.getName());
    private static final int FIRST_PAUSE_MILLIS = 20;

    /** All of them together are longer than the time after which a pool asks a connection again: 1 s on Payara, 1.5 s on WildFly. */
    private static final int PAUSE_FOR_CONNECTION_MILLIS = 500;

    /** Half of what a pool keeps who waits for a connection. */
    private static final int PATIENCE_SECONDS = 5;

    private Tries() {}

    /**
     * @param letGo of the connections that the pool has to a server that can only be read
     * @throws E what is thrown at last
     */
    public static <T, E extends Exception> T of(Act<T, E> act, Runnable letGo) throws E {
        for (int tries = 1; ; tries++) {
            long began = System.nanoTime();
            try {
                return act.run();
            } catch (Exception e) {
                boolean reads = SqlStates.of(e).stream().anyMatch(SqlStates::isReadOnly);
                boolean stale = reads || StaleConnection.isBehind(e);
                if (tries == MOST || hasWaited(began) || !stale && !LostRace.isBehind(e)) {
                    throw e;
                }
                if (reads) {
                    letGo.run();
                }
                LOG.log(Level.FINE, "Failed for no fault of its own, try {0}", tries);
                pause(stale ? PAUSE_FOR_CONNECTION_MILLIS : afterRace(tries));
            }
        }
    }

    /** Whoever has waited for a connection, in vain, is not made to wait for one again. */
    private static boolean hasWaited(long began) {
        return System.nanoTime() - began > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    }

    /** Of random length, so that those who met do not meet again; longer each time. */
    private static int afterRace(int tries) {
        return ThreadLocalRandom.current().nextInt(FIRST_PAUSE_MILLIS << tries);
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
