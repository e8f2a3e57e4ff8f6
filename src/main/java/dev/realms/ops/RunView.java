package dev.realms.ops;

import java.time.Instant;
import java.util.Set;

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
        String reason,
        Instant startedAt,
        Instant endedAt,
        String node,
        String step,
        long done,
        long total) {

    public static final RunView NEVER = new RunView("never-run", null, null, null, null, null, 0, 0);

    /** @param end the outcome of a run that came to its end */
    public static RunView of(Run run, String end) {
        Set<String> ends = Set.of(end);
        return new RunView(
                run.state(ends),
                run.reason(ends),
                run.askedAt(),
                run.endedAt(),
                run.node(),
                run.underWay() ? run.step() : null,
                run.done(),
                run.total());
    }
}
