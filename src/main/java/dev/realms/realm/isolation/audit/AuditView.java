package dev.realms.realm.isolation.audit;

import dev.realms.ops.ExclusiveRun;
import dev.realms.ops.ExclusiveRun.RunView;
import dev.realms.web.DescribedAs;
import jakarta.annotation.Nullable;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The audit that is under way, or the last one, and the last report there is.
 *
 * @param state {@code never-run}, {@code running}, {@code passed}, {@code not-passed}, {@code ended-early}
 * @param reason why it ended early, or null
 * @param node which node runs it, or null
 * @param check what is being asked, or null
 * @param report as {@link AuditReport}, of the last audit that came to its end; null before
 */
public record AuditView(
        String state,
        @Nullable String reason,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String node,
        long checksDone,
        long checksTotal,
        @Nullable String check,
        @Nullable @DescribedAs(AuditReport.class) JsonObject report) {

    static final String PASSED = "passed";
    static final String NOT_PASSED = "not-passed";

    private static final Set<String> ENDS = Set.of(PASSED, NOT_PASSED);

    static AuditView of(Optional<ExclusiveRun> last, Optional<JsonObject> report) {
        RunView run = last.map(found -> found.view(ENDS)).orElse(RunView.NEVER);
        return new AuditView(
                run.state(),
                run.reason(),
                run.startedAt(),
                run.endedAt(),
                run.node(),
                run.done(),
                run.total(),
                run.step(),
                report.orElse(null));
    }
}
