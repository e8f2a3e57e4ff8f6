package dev.realms.ops;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * The last run of an {@link ExclusiveJob}.
 *
 * @param actor the id of a user, or {@link AuditEntry#SYSTEM}
 * @param node which node is at it; null once it has come to rest, and until its job begins
 * @param underWay whether it is at work, or about to be
 * @param step what it is at, or was at when it ended
 * @param outcome how it ended, in few words; null before, and where its node went away
 */
public record ExclusiveRun(
        UUID id,
        String actor,
        String node,
        boolean underWay,
        Instant askedAt,
        Instant endedAt,
        String step,
        long done,
        long total,
        String outcome) {

    private static final String GONE = "The node that ran it went away.";

    /**
     * A run as operators see it.
     *
     * @param state {@code never-run}, {@code running}, {@code ended-early}, or what such a run ends as
     * @param reason why it ended early, or null
     * @param node which node runs it, or null
     * @param step what it is at, or null
     */
    public record RunView(
            String state,
            @Nullable String reason,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String node,
            @Nullable String step,
            long done,
            long total) {

        public static final RunView NEVER = new RunView("never-run", null, null, null, null, null, 0, 0);
    }

    /** @param ends the outcomes of runs that came to their end */
    public RunView view(Set<String> ends) {
        boolean ended = outcome != null && ends.contains(outcome);
        String early = outcome == null ? GONE : outcome;
        return new RunView(
                underWay ? "running" : ended ? outcome : "ended-early",
                underWay || ended ? null : early,
                askedAt,
                endedAt,
                node,
                underWay ? step : null,
                done,
                total);
    }
}
