package dev.realms.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far one table is. Times are the database's.
 *
 * @param doneBefore the rows of {@code done} that were done before this run began
 */
record TableProgress(
        String table, long total, long doneBefore, long done, Optional<Instant> started, Optional<Instant> ended) {

    /** Below 1 until the table's end is recorded: the counts may meet before the last commit is known to be the last. */
    double fraction() {
        return total == 0 ? (ended.isPresent() ? 1 : 0) : Math.min(1.0, (double) done / total);
    }

    Duration elapsed(Instant now) {
        return started.map(start -> Duration.between(start, ended.orElse(now))).orElse(Duration.ZERO);
    }

    /** Rows that this run did. */
    long moved() {
        return done - doneBefore;
    }

    /** Rows per second of this run, 0 while unknown. */
    double rate(Instant now) {
        double seconds = elapsed(now).toMillis() / 1000.0;
        return seconds <= 0 ? 0 : moved() / seconds;
    }

    /** Empty while nothing can be said. */
    Optional<Duration> remaining(Instant now) {
        double rate = rate(now);
        return ended.isPresent() || rate <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Math.max(1, Math.round((total - done) / rate))));
    }
}
