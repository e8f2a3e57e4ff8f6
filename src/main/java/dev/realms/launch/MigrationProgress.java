package dev.realms.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the migration's books said at one moment.
 *
 * @param state of {@code migration.state}
 * @param changed when the state was entered
 * @param now the database's clock, to which the tables' times belong
 */
record MigrationProgress(
        String state, Optional<String> reason, Instant changed, Instant now, List<TableProgress> tables) {

    private static final Set<String> REACHED = Set.of("migrated", "finalized");
    private static final Set<String> UNDER_WAY = Set.of("running", "verifying");
    private static final Set<String> PARKED = Set.of("paused", "rolled-back");
    private static final Set<String> BEFORE = Set.of("pre-realm", "expanded");

    boolean isReached() {
        return REACHED.contains(state);
    }

    boolean isUnderWay() {
        return UNDER_WAY.contains(state);
    }

    /** Not begun: either it is about to, or it waits for an operator. */
    boolean isBefore() {
        return BEFORE.contains(state);
    }

    /** An operator chose this; no service leads on from it by itself. */
    boolean isParked() {
        return PARKED.contains(state);
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
