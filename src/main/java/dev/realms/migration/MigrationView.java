package dev.realms.migration;

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
 */
public record MigrationView(
        String state,
        String reason,
        Instant changedAt,
        long version,
        String node,
        Count users,
        Count rows,
        List<Table> tables,
        Double rowsPerSecond,
        Long elapsedSeconds) {

    public record Count(long done, long total) {}

    public record Table(String name, long done, long total, Instant startedAt, Instant endedAt) {}

    private static final String USERS = "users";

    static MigrationView of(StateRow row, Optional<String> node, List<Progress.Line> lines, Instant now) {
        Optional<Duration> elapsed = elapsed(row, lines, now);
        long doneNow = lines.stream()
                .mapToLong(line -> line.done() - line.doneBefore())
                .sum();
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
                elapsed.map(Duration::toSeconds).orElse(null));
    }

    private static Count count(List<Progress.Line> lines) {
        return new Count(
                lines.stream().mapToLong(Progress.Line::done).sum(),
                lines.stream().mapToLong(Progress.Line::total).sum());
    }

    /** A run that came to rest before its last table ended has lasted until its state changed. */
    private static Optional<Duration> elapsed(StateRow row, List<Progress.Line> lines, Instant now) {
        Optional<Instant> first = lines.stream()
                .map(Progress.Line::startedAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
        boolean ended = lines.stream().allMatch(line -> line.endedAt() != null);
        Instant last = ended
                ? lines.stream()
                        .map(Progress.Line::endedAt)
                        .max(Instant::compareTo)
                        .orElse(now)
                : row.state().isUnderWay() ? now : row.changedAt();
        return first.filter(last::isAfter).map(start -> Duration.between(start, last));
    }
}
