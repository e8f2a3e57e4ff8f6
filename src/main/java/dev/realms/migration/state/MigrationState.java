package dev.realms.migration.state;

import java.util.Arrays;
import java.util.Set;

/**
 * Where a database stands on its way into realms. {@link #next()} is the table of allowed moves; the database keeps the same
 * one, {@code migration.moves}, and refuses what is not in it. What operators may do in each is in {@link MigrationAct}.
 */
public enum MigrationState {
    PRE_REALM("pre-realm", "expanded", "finalized"),
    EXPANDED("expanded", "running", "rolling-back"),
    RUNNING("running", "paused", "verifying", "stopped", "failed", "rolling-back"),
    PAUSED("paused", "running", "stopped", "rolling-back"),
    VERIFYING("verifying", "migrated", "failed", "stopped", "rolling-back"),
    MIGRATED("migrated", "finalized", "rolling-back"),
    FINALIZED("finalized"),
    STOPPED("stopped", "running", "rolling-back"),
    FAILED("failed", "running", "rolling-back"),
    ROLLING_BACK("rolling-back", "rolled-back", "rollback-failed"),
    ROLLED_BACK("rolled-back", "running"),
    ROLLBACK_FAILED("rollback-failed", "rolling-back", "migrated", "stopped");

    /** The migration is at work in these, or was when its node went away. */
    public static final Set<MigrationState> UNDER_WAY = Set.of(RUNNING, VERIFYING);

    private static final Set<MigrationState> WITHOUT_REALMS =
            Set.of(PRE_REALM, ROLLING_BACK, ROLLED_BACK, ROLLBACK_FAILED);

    private final String text;
    private final Set<String> next;

    MigrationState(String text, String... next) {
        this.text = text;
        this.next = Set.of(next);
    }

    /** The state's name in the database and in the API. */
    public String text() {
        return text;
    }

    /** The names of the states it may move to. */
    public Set<String> next() {
        return next;
    }

    /** The migration is at work, or was when its node went away. */
    public boolean isUnderWay() {
        return UNDER_WAY.contains(this);
    }

    /** The schema knows realms, and requests are served. */
    public boolean hasRealms() {
        return !WITHOUT_REALMS.contains(this);
    }

    public static MigrationState of(String text) {
        return Arrays.stream(values())
                .filter(state -> state.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No such state: " + text));
    }
}
