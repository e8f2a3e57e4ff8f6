package dev.realms.sql;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Runs again what failed for no fault of its own. What is run leaves nothing behind when it fails: it begins its transactions itself.
 *
 * @param again whether a failure is worth another run; otherwise it is thrown
 * @param pause how long to wait before that
 */
public record Retry(Predicate<Failure> again, Function<Failure, Duration> pause) {

    @FunctionalInterface
    public interface Act<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * @param tries so far, this one with them
     * @param took this one alone
     */
    public record Failure(Exception cause, int tries, Duration took) {

        /** PostgreSQL's code, or the empty text. */
        public String state() {
            return SqlStates.first(cause);
        }
    }

    /** Pauses that grow with the tries. */
    public static Function<Failure, Duration> growing(Duration first, Duration longest) {
        return failure -> {
            Duration pause = first.multipliedBy(failure.tries());
            return pause.compareTo(longest) < 0 ? pause : longest;
        };
    }

    /** @throws E what is thrown at last; also when the thread is interrupted in a pause, which it then still is */
    public <T, E extends Exception> T run(Act<T, E> act) throws E {
        for (int tries = 1; ; tries++) {
            long begun = System.nanoTime();
            try {
                return act.run();
            } catch (Exception e) {
                Failure failure = new Failure(e, tries, Duration.ofNanos(System.nanoTime() - begun));
                if (!again.test(failure) || !hasSlept(pause.apply(failure))) {
                    throw e;
                }
            }
        }
    }

    private static boolean hasSlept(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
