package dev.realms.sql;

import java.util.Objects;
import java.util.stream.Stream;

/**
 * A failure and what is behind it, the outermost first, however the servers and libraries wrapped it; what was suppressed comes last.
 * WildFly tells there why a commit failed.
 */
public final class Causes {

    private static final int LONGEST_CHAIN = 30;

    private Causes() {}

    public static Stream<Throwable> of(Throwable failure) {
        return Stream.concat(
                chain(failure),
                chain(failure)
                        .flatMap(cause -> Stream.of(cause.getSuppressed()))
                        .flatMap(Causes::chain));
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(LONGEST_CHAIN);
    }

    /** Servers and libraries wrap what a driver throws in exceptions without a message of use. */
    public static Throwable innermost(Throwable failure) {
        return chain(failure).reduce(failure, (outer, inner) -> inner);
    }
}
