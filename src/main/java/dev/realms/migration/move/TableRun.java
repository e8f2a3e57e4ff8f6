package dev.realms.migration.move;

import dev.realms.migration.pressure.ChunkSize;
import dev.realms.migration.state.Vitals;
import dev.realms.ops.GoOn;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One way through a table, from its first key to its last: hands out what is left in waves, as fast as may be, and does it. */
public final class TableRun implements AutoCloseable {

    private final Crew crew;
    private final Portions portions;
    private final Strides strides;
    private final ChunkSize size = new ChunkSize();
    private final Pace pace;
    private final ChunkRunner runner;
    private final Deque<KeyRange> found = new ArrayDeque<>();
    private UUID from = KeyRange.START;
    private boolean ended;

    private TableRun(Crew crew, Portions portions, Strides strides) {
        this.crew = crew;
        this.portions = portions;
        this.strides = strides;
        pace = new Pace(portions.table(), size);
        runner = new ChunkRunner(portions, size, pace::limits);
    }

    /** Leaves out what operators have chosen to skip. */
    public static TableRun of(String table, Crew crew) throws SQLException {
        Portions portions = Portions.of(table).without(FailedChunks.skipped(crew.own(), table));
        TableRun run = new TableRun(crew, portions, Strides.of(crew.own(), portions));
        Vitals.read(crew.own()).resume(run.size);
        return run;
    }

    /** @return empty at the end of the table, and when it does not go on */
    public Optional<Wave> next(GoOn goesOn) throws SQLException {
        Connection connection = crew.own();
        if (!pace.await(connection, goesOn)) {
            return Optional.empty();
        }
        List<KeyRange> ranges = new ArrayList<>();
        while (ranges.size() < pace.parallelism() && find(connection)) {
            ranges.add(found.removeFirst());
        }
        ended = ranges.isEmpty();
        return ended ? Optional.empty() : Optional.of(new Wave(ranges));
    }

    /** Whether the end of the table has been reached. */
    public boolean hasEnded() {
        return ended;
    }

    public void work(Wave wave) throws SQLException {
        long start = System.nanoTime();
        crew.run(wave, runner::run);
        pace.worked(Duration.ofNanos(System.nanoTime() - start));
    }

    private boolean find(Connection connection) throws SQLException {
        if (found.isEmpty() && from != null) {
            Optional<KeyRange> next = portions.next(connection, from, size.rows() * strides.count());
            next.ifPresent(range -> found.addAll(strides.through(range)));
            from = next.filter(range -> !range.isLast()).map(KeyRange::next).orElse(null);
        }
        return !found.isEmpty();
    }

    @Override
    public void close() {
        crew.close();
    }
}
