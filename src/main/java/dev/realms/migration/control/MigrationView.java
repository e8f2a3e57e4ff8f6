package dev.realms.migration.control;

import dev.realms.migration.move.ProgressTable;
import dev.realms.migration.pressure.Pressure.Throttle;
import dev.realms.migration.state.MigrationAct;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.RunnerStatus;
import dev.realms.migration.state.StateStore.StateRow;
import dev.realms.web.DescribedAs;
import jakarta.annotation.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the migration stands.
 *
 * @param reason one sentence, or null where the state says it all
 * @param version goes up with every change of state; the entity tag
 * @param node which node runs it, or null
 * @param users how many have their default realm
 * @param rows how many have their realm, of all tables but the users'
 * @param rowsPerSecond since this run began, or null before
 * @param elapsedSeconds from the beginning of the first table to the end of the last, or until now; null before
 * @param remainingSeconds until the end of the contract, by the rate of this run; null until there is one, and at rest
 * @param chunk the last transaction that moved rows; null at rest
 * @param parallelism how many transactions at once; null at rest
 * @param throttle why it goes slower than it could; null when it does not
 * @param heartbeatAt when the node that runs it, or ran it, was last heard of; null before the first run
 * @param lastCheckpointAt when rows were last moved; null before
 * @param failedChunks how many portions have failed or were skipped, and are not done
 * @param acts what an operator may ask for now, as the paths say it; what matters most comes first
 */
public record MigrationView(
        @DescribedAs(MigrationState.class) String state,
        @Nullable String reason,
        Instant changedAt,
        long version,
        @Nullable String node,
        Count users,
        Count rows,
        List<Table> tables,
        @Nullable Double rowsPerSecond,
        @Nullable Long elapsedSeconds,
        @Nullable Long remainingSeconds,
        @Nullable Chunk chunk,
        @Nullable Integer parallelism,
        @Nullable Throttle throttle,
        @Nullable Instant heartbeatAt,
        @Nullable Instant lastCheckpointAt,
        int failedChunks,
        @DescribedAs(MigrationAct.class) List<String> acts) {

    /** @param milliseconds with its commit; @param target how long it should take, in milliseconds */
    public record Chunk(int rows, int milliseconds, int target) {}

    public record Count(long done, long total) {}

    public record Table(
            String name,
            long done,
            long total,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {}

    private static final String USERS = "users";

    /** What verification and contract take for a row, beside moving it, as measured with the sample of pre-realm rows. */
    private static final double AFTERWARDS = 0.75;

    static MigrationView of(
            StateRow row,
            Optional<String> node,
            List<ProgressTable.Line> lines,
            RunnerStatus vitals,
            int target,
            int failedChunks,
            Instant now) {
        Optional<Duration> elapsed = elapsed(row, lines, now);
        long doneNow = lines.stream()
                .mapToLong(line -> line.done() - line.doneBefore())
                .sum();
        boolean underWay = row.state().isUnderWay();
        return new MigrationView(
                row.state().text(),
                row.reason(),
                row.changedAt(),
                row.version(),
                node.orElse(null),
                count(lines.stream().filter(line -> line.table().equals(USERS)).toList()),
                count(lines.stream().filter(line -> !line.table().equals(USERS)).toList()),
                lines.stream()
                        .map(line ->
                                new Table(line.table(), line.done(), line.total(), line.startedAt(), line.endedAt()))
                        .toList(),
                elapsed.map(time -> Math.round(10_000.0 * doneNow / Math.max(1, time.toMillis())) / 10.0)
                        .orElse(null),
                elapsed.map(Duration::toSeconds).orElse(null),
                elapsed.flatMap(time -> remaining(row, lines, doneNow, time, now))
                        .orElse(null),
                underWay && vitals.chunkRows() != null
                        ? new Chunk(vitals.chunkRows(), vitals.chunkMilliseconds(), target)
                        : null,
                underWay ? vitals.parallelism() : null,
                underWay ? vitals.throttle() : null,
                vitals.heartbeatAt(),
                vitals.lastCheckpointAt(),
                failedChunks,
                row.acts().stream().map(MigrationAct::text).toList());
    }

    /** What comes after the last row is told by how long the rows took. */
    private static Optional<Long> remaining(
            StateRow row, List<ProgressTable.Line> lines, long doneNow, Duration elapsed, Instant now) {
        if (!row.state().isUnderWay() || doneNow == 0) {
            return Optional.empty();
        }
        double secondsPerRow = elapsed.toMillis() / 1e3 / doneNow;
        long left = lines.stream().mapToLong(line -> line.total() - line.done()).sum();
        double afterwards =
                AFTERWARDS * lines.stream().mapToLong(ProgressTable.Line::total).sum() * secondsPerRow;
        double since = row.state() == MigrationState.VERIFYING
                ? Duration.between(row.changedAt(), now).toSeconds()
                : 0;
        return Optional.of(Math.round(Math.max(0, left * secondsPerRow + afterwards - since)));
    }

    private static Count count(List<ProgressTable.Line> lines) {
        return new Count(
                lines.stream().mapToLong(ProgressTable.Line::done).sum(),
                lines.stream().mapToLong(ProgressTable.Line::total).sum());
    }

    /** A run that came to rest before its last table ended has lasted until its state changed. */
    private static Optional<Duration> elapsed(StateRow row, List<ProgressTable.Line> lines, Instant now) {
        Optional<Instant> first = lines.stream()
                .map(ProgressTable.Line::startedAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
        boolean ended = lines.stream().allMatch(line -> line.endedAt() != null);
        Instant last = ended
                ? lines.stream()
                        .map(ProgressTable.Line::endedAt)
                        .max(Instant::compareTo)
                        .orElse(now)
                : row.state().isUnderWay() ? now : row.changedAt();
        return first.filter(last::isAfter).map(start -> Duration.between(start, last));
    }
}
