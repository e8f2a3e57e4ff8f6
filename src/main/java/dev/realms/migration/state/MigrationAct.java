package dev.realms.migration.state;

import static dev.realms.migration.state.MigrationState.EXPANDED;
import static dev.realms.migration.state.MigrationState.FAILED;
import static dev.realms.migration.state.MigrationState.FINALIZED;
import static dev.realms.migration.state.MigrationState.MIGRATED;
import static dev.realms.migration.state.MigrationState.PAUSED;
import static dev.realms.migration.state.MigrationState.ROLLBACK_FAILED;
import static dev.realms.migration.state.MigrationState.ROLLED_BACK;
import static dev.realms.migration.state.MigrationState.RUNNING;
import static dev.realms.migration.state.MigrationState.STOPPED;
import static dev.realms.migration.state.MigrationState.VERIFYING;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What an operator may ask for, and the states that allow it. The API, the commands and the console go by this table. In the order in
 * which the acts matter where several are allowed.
 */
public enum MigrationAct {
    START("start", EXPANDED, STOPPED, FAILED, ROLLED_BACK),
    RESUME("resume", PAUSED),

    /** Wherever there are realms to ask about. */
    PREFLIGHT("preflight", EXPANDED, RUNNING, PAUSED, VERIFYING, MIGRATED, FINALIZED, STOPPED, FAILED, ROLLBACK_FAILED),
    PAUSE("pause", RUNNING),
    STOP("stop", RUNNING, PAUSED, VERIFYING),
    VERIFY("verify", PREFLIGHT.from),
    FINALIZE("finalize", MIGRATED),
    CANCEL_ROLLBACK("cancel-rollback", ROLLBACK_FAILED),
    ROLLBACK("rollback", EXPANDED, RUNNING, PAUSED, VERIFYING, MIGRATED, STOPPED, FAILED, ROLLBACK_FAILED);

    private final String text;
    private final Set<MigrationState> from;

    MigrationAct(String text, MigrationState... from) {
        this(text, Set.of(from));
    }

    MigrationAct(String text, Set<MigrationState> from) {
        this.text = text;
        this.from = from;
    }

    /** The act's name in the API and in the audit log. */
    public String text() {
        return text;
    }

    /** The states that allow it. */
    public Set<MigrationState> from() {
        return from;
    }

    public boolean isAllowedIn(MigrationState state) {
        return from.contains(state);
    }

    /** @param finalizing whether a finalization has begun: it ends the way back */
    public static List<MigrationAct> allowedIn(MigrationState state, boolean finalizing) {
        return Arrays.stream(values())
                .filter(act -> act.isAllowedIn(state) && !(finalizing && act == ROLLBACK))
                .toList();
    }
}
