package dev.realms.migration.finalize;

import dev.realms.migration.state.MigrationState;
import dev.realms.ops.ExclusiveRun;
import dev.realms.ops.ExclusiveRun.RunView;
import jakarta.annotation.Nullable;
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
 * @param keysToHash how many pre-realm API keys stand there in plain
 * @param credentialsToSeal how many passwords and keys of servers do
 * @param tables what will be dropped
 * @param triggers what will be dropped, by table and name
 * @param lastRun ends as {@code finalized}; null before the first
 */
public record FinalizationView(
        boolean possible,
        @Nullable String reason,
        @Nullable Instant begunAt,
        long keysToHash,
        long credentialsToSeal,
        List<Table> tables,
        List<String> triggers,
        @Nullable RunView lastRun) {

    public record Table(String name, long rows) {}

    static FinalizationView of(
            Optional<String> reason,
            Instant begunAt,
            long keysToHash,
            long credentialsToSeal,
            List<Table> tables,
            List<String> triggers,
            Optional<ExclusiveRun> last) {
        return new FinalizationView(
                reason.isEmpty(),
                reason.orElse(null),
                begunAt,
                keysToHash,
                credentialsToSeal,
                tables,
                triggers,
                last.map(run -> run.view(Set.of(MigrationState.FINALIZED.text())))
                        .orElse(null));
    }
}
