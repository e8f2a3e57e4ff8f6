package dev.realms.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the migration's books said at one moment.
 *
 * @param goal what for they were read
 * @param state of {@code migration.state}
 * @param throttle what slows it down, if anything does
 * @param changed when the state was entered
 * @param now the database's clock, to which the tables' times belong
 */
record MigrationProgress(
        Goal goal,
        String state,
        Optional<String> reason,
        Optional<String> throttle,
        Instant changed,
        Instant now,
        List<TableProgress> tables) {

    boolean isReached() {
        return goal.isReached(state);
    }

    boolean isUnderWay() {
        return goal.isUnderWay(state);
    }

    boolean isBefore() {
        return goal.isBefore(state);
    }

    boolean isShut() {
        return goal.isShut(state);
    }

    long total() {
        return tables.stream().mapToLong(TableProgress::total).sum();
    }

    long done() {
        return tables.stream().mapToLong(TableProgress::done).sum();
    }

    /** Since the first table began, until the state was left if it was. */
    Duration elapsed() {
        Optional<Instant> first =
                tables.stream().flatMap(table -> table.started().stream()).min(Instant::compareTo);
        return first.map(start -> Duration.between(start, isUnderWay() ? now : changed))
                .orElse(Duration.ZERO);
    }

    /** Since the state was entered. */
    Duration inState() {
        return Duration.between(changed, now);
    }

    /** From the pace of this run so far, all tables together. */
    Optional<Duration> remaining() {
        double seconds = elapsed().toMillis() / 1000.0;
        long moved = tables.stream().mapToLong(TableProgress::moved).sum();
        return seconds <= 0 || moved == 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Math.round((total() - done()) * seconds / moved)));
    }
}
