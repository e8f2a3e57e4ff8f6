package dev.realms.ops;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * The last run of its kind.
 *
 * @param actor the id of a user, or {@link AuditEntry#SYSTEM}
 * @param node which node is at it; null once it has come to rest, and until its job begins
 * @param underWay whether it is at work, or about to be
 * @param step what it is at, or was at when it ended
 * @param outcome how it ended, in few words; null before, and where its node went away
 */
public record Run(
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

    /** {@code running}, the outcome where it is one of these, or {@code ended-early}. */
    public String state(Set<String> ends) {
        return underWay ? "running" : isEnd(ends) ? outcome : "ended-early";
    }

    /** Why it ended early, or null. */
    public String reason(Set<String> ends) {
        return underWay || isEnd(ends) ? null : outcome == null ? GONE : outcome;
    }

    private boolean isEnd(Set<String> ends) {
        return outcome != null && ends.contains(outcome);
    }
}
