package dev.realms.launch;

import java.util.Set;

/** Where a command leads a database, and how the states look from there. */
enum Goal {
    MIGRATED(
            Set.of("migrated", "finalized"),
            Set.of("running", "verifying"),
            Set.of("pre-realm", "expanded"),
            Set.of("paused", "rolling-back", "rolled-back", "rollback-failed")),
    ROLLED_BACK(
            Set.of("rolled-back"),
            Set.of("rolling-back"),
            Set.of("expanded", "running", "paused", "stopped", "failed", "verifying", "migrated"),
            Set.of("pre-realm", "finalized")),
    /** A rollback that failed is called off: where it came from. */
    CALLED_OFF(
            Set.of("migrated", "stopped"),
            Set.of(),
            Set.of("rollback-failed"),
            Set.of(
                    "pre-realm",
                    "expanded",
                    "running",
                    "paused",
                    "failed",
                    "verifying",
                    "rolling-back",
                    "rolled-back",
                    "finalized")),
    /** The books have {@link MigrationBooks#FINALIZING} and {@link MigrationBooks#NOT_FINALIZED} for what is no state. */
    FINALIZED(
            Set.of("finalized"),
            Set.of(MigrationBooks.FINALIZING),
            Set.of("migrated"),
            Set.of(
                    "pre-realm",
                    "expanded",
                    "running",
                    "paused",
                    "stopped",
                    "failed",
                    "verifying",
                    "rolling-back",
                    "rolled-back",
                    "rollback-failed"));

    private final Set<String> reached;
    private final Set<String> underWay;
    private final Set<String> before;
    private final Set<String> shut;

    Goal(Set<String> reached, Set<String> underWay, Set<String> before, Set<String> shut) {
        this.reached = reached;
        this.underWay = underWay;
        this.before = before;
        this.shut = shut;
    }

    boolean isReached(String state) {
        return reached.contains(state);
    }

    boolean isUnderWay(String state) {
        return underWay.contains(state);
    }

    /** Not begun: either it is about to, or it waits for an operator. */
    boolean isBefore(String state) {
        return before.contains(state);
    }

    /** From here nothing leads on by itself: an operator chose it, or there is no such way. */
    boolean isShut(String state) {
        return shut.contains(state);
    }
}
