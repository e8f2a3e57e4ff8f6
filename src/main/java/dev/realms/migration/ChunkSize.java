package dev.realms.migration;

import java.time.Duration;

/** How many rows the next transaction takes, so that it lasts about as long as it should. Not thread-safe. */
final class ChunkSize {

    static final Duration TARGET = Duration.ofMillis(100);
    static final int FLOOR = 100;
    static final int CEILING = 20_000;

    private static final int FIRST = 500;

    private int rows = FIRST;

    int rows() {
        return rows;
    }

    /** A portion that was cut short by the end of the table tells nothing. At most doubles, so that one lucky portion is no trap. */
    void measured(int done, Duration took) {
        if (done < rows / 2) {
            return;
        }
        double factor = (double) TARGET.toNanos() / Math.max(1, took.toNanos());
        double next = done * Math.min(2.0, Math.max(0.25, factor));
        rows = (int) Math.max(FLOOR, Math.min(CEILING, next));
    }
}
