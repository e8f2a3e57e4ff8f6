package dev.realms.launch;

import dev.realms.launch.Goal.Position;
import dev.realms.migration.move.Progress.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a database was at one moment.
 *
 * @param position on the way to the goal for which it was read
 * @param state by its name
 * @param throttle what slows it down, if anything does
 * @param changed when the state was entered
 * @param now the database's clock, to which the tables' times belong
 */
record MigrationProgress(
        Position position,
        String state,
        Optional<String> reason,
        Optional<String> throttle,
        Instant changed,
        Instant now,
        List<Line> tables) {

    boolean is(Position asked) {
        return position == asked;
    }

    long total() {
        return tables.stream().mapToLong(Line::total).sum();
    }

    long done() {
        return tables.stream().mapToLong(Line::done).sum();
    }

    /** Since the first table began, until the state was left if it was. */
    Duration elapsed() {
        return tables.stream()
                .map(Line::startedAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .map(start -> Duration.between(start, is(Position.UNDER_WAY) ? now : changed))
                .orElse(Duration.ZERO);
    }

    Duration elapsed(Line table) {
        return table.startedAt() == null
                ? Duration.ZERO
                : Duration.between(
                        table.startedAt(), Optional.ofNullable(table.endedAt()).orElse(now));
    }

    /** Since the state was entered. */
    Duration inState() {
        return Duration.between(changed, now);
    }

    /** From the pace of this run so far, all tables together; empty while nothing can be said. */
    Optional<Duration> remaining() {
        return remaining(
                elapsed(),
                total() - done(),
                tables.stream().mapToLong(MigrationProgress::moved).sum());
    }

    Optional<Duration> remaining(Line table) {
        return remaining(elapsed(table), table.total() - table.done(), moved(table));
    }

    /** Rows that this run did. */
    static long moved(Line table) {
        return table.done() - table.doneBefore();
    }

    private static Optional<Duration> remaining(Duration elapsed, long left, long moved) {
        return elapsed.isZero() || moved == 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(elapsed.toMillis() * left / moved));
    }
}
