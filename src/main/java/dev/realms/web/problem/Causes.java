package dev.realms.web.problem;

import java.util.Objects;
import java.util.stream.Stream;

/** A failure and what is behind it, the outermost first, however the servers and libraries wrapped it. */
final class Causes {

    private static final int LONGEST_CHAIN = 30;

    private Causes() {}

    static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(LONGEST_CHAIN);
    }
}
