package dev.realms.launch;

import static dev.realms.launch.Goal.Position.BEFORE;
import static dev.realms.launch.Goal.Position.ENDED_EARLY;
import static dev.realms.launch.Goal.Position.NO_WAY;
import static dev.realms.launch.Goal.Position.REACHED;
import static dev.realms.launch.Goal.Position.UNDER_WAY;

import dev.realms.migration.state.MigrationState;
import java.util.Locale;

/** Where a command leads a database, and how each state looks from there. */
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
                default -> NO_WAY;
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
                default -> NO_WAY;
            };
        }
    };

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

    abstract Position position(MigrationState state);

    /** As in "is to be rolled back". */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
