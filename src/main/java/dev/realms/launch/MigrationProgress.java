package dev.realms.launch;

import static dev.realms.launch.MigrationProgress.Position.BEFORE;
import static dev.realms.launch.MigrationProgress.Position.ENDED_EARLY;
import static dev.realms.launch.MigrationProgress.Position.NO_WAY;
import static dev.realms.launch.MigrationProgress.Position.REACHED;
import static dev.realms.launch.MigrationProgress.Position.UNDER_WAY;

import dev.realms.migration.move.ProgressTable.Line;
import dev.realms.migration.state.MigrationState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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

    /** How a database stands to a goal. */
    enum Position {
        REACHED,
        UNDER_WAY,
        /** Not begun: either it is about to, or it waits for an operator. */
        BEFORE,
        ENDED_EARLY,
        /** From here nothing leads on by itself: an operator chose it, or there is no such way. */
        NO_WAY
    }

    /** Where a command leads a database, and how each state looks from there. No default: a new state has to be thought of by each. */
    enum Goal {
        MIGRATED {
            @Override
            Position position(MigrationState state) {
                return switch (state) {
                    case MIGRATED, FINALIZED -> REACHED;
                    case RUNNING, VERIFYING -> UNDER_WAY;
                    case PRE_REALM, EXPANDED -> BEFORE;
                    case STOPPED, FAILED -> ENDED_EARLY;
                    case PAUSED, ROLLING_BACK, ROLLED_BACK, ROLLBACK_FAILED -> NO_WAY;
                };
            }
        },
        ROLLED_BACK {
            @Override
            Position position(MigrationState state) {
                return switch (state) {
                    case ROLLED_BACK -> REACHED;
                    case ROLLING_BACK -> UNDER_WAY;
                    case EXPANDED, RUNNING, PAUSED, STOPPED, FAILED, VERIFYING, MIGRATED -> BEFORE;
                    case ROLLBACK_FAILED -> ENDED_EARLY;
                    case PRE_REALM, FINALIZED -> NO_WAY;
                };
            }
        },
        /** A rollback that failed is called off: where it came from. */
        CALLED_OFF {
            @Override
            Position position(MigrationState state) {
                return switch (state) {
                    case MIGRATED, STOPPED -> REACHED;
                    case ROLLBACK_FAILED -> BEFORE;
                    case PRE_REALM,
                            EXPANDED,
                            RUNNING,
                            PAUSED,
                            FAILED,
                            VERIFYING,
                            ROLLING_BACK,
                            ROLLED_BACK,
                            FINALIZED -> NO_WAY;
                };
            }
        },
        /** While it is under way, and when it has ended early, the state is still {@code migrated}. */
        FINALIZED {
            @Override
            Position position(MigrationState state) {
                return switch (state) {
                    case FINALIZED -> REACHED;
                    case MIGRATED -> BEFORE;
                    case PRE_REALM,
                            EXPANDED,
                            RUNNING,
                            PAUSED,
                            STOPPED,
                            FAILED,
                            VERIFYING,
                            ROLLING_BACK,
                            ROLLED_BACK,
                            ROLLBACK_FAILED -> NO_WAY;
                };
            }
        };

        abstract Position position(MigrationState state);

        /** As in "is to be rolled back". */
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

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
                .map(start -> Duration.between(start, is(UNDER_WAY) ? now : changed))
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
