package dev.realms.migration;

import dev.realms.owner.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a finalization will do, and how far it is.
 *
 * @param possible whether it can be started, or gone on with
 * @param reason why not, or null
 * @param begunAt from when on there is no way back; null before
 * @param keysToHash how many API keys from before realms stand there in plain
 * @param credentialsToSeal how many passwords and keys of servers do
 * @param tables what will be dropped
 * @param triggers what will be dropped, by table and name
 * @param lastRun null before the first
 */
public record FinalizationView(
        boolean possible,
        String reason,
        Instant begunAt,
        long keysToHash,
        long credentialsToSeal,
        List<Table> tables,
        List<String> triggers,
        LastRun lastRun) {

    public record Table(String name, long rows) {}

    /**
     * @param state {@code running}, {@code finalized} or {@code ended-early}
     * @param reason why it ended early, or null
     * @param node which node runs it, or null
     * @param step what it is at, or null
     */
    public record LastRun(
            String state,
            String reason,
            Instant startedAt,
            Instant endedAt,
            String node,
            String step,
            long done,
            long total) {

        static LastRun of(Run run) {
            return new LastRun(
                    run.state(ENDS),
                    run.reason(ENDS),
                    run.askedAt(),
                    run.endedAt(),
                    run.node(),
                    run.underWay() ? run.step() : null,
                    run.done(),
                    run.total());
        }
    }

    private static final Set<String> ENDS = Set.of(MigrationState.FINALIZED.text());

    static FinalizationView of(
            Optional<String> reason,
            Instant begunAt,
            long keysToHash,
            long credentialsToSeal,
            List<Table> tables,
            List<String> triggers,
            Optional<Run> last) {
        return new FinalizationView(
                reason.isEmpty(),
                reason.orElse(null),
                begunAt,
                keysToHash,
                credentialsToSeal,
                tables,
                triggers,
                last.map(LastRun::of).orElse(null));
    }
}
