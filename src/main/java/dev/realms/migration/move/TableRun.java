package dev.realms.migration.move;

import dev.realms.migration.pressure.ChunkSize;
import dev.realms.migration.state.RunnerStatus;
import dev.realms.ops.ContinueCheck;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One way through a table, from its first key to its last: hands out what is left, several portions at a time and as fast as may be, and does it. */
public final class TableRun implements AutoCloseable {

    /** What is done at the same time, each portion in a transaction and a session of its own. */
    public record ParallelPortions(List<KeyRange> ranges) implements Serializable {}

    private final WorkSessions sessions;
    private final Portions portions;
    private final StrideCount strides;
    private final ChunkSize size = new ChunkSize();
    private final MoveSpeed speed;
    private final ChunkRunner runner;
    private final Deque<KeyRange> found = new ArrayDeque<>();
    private String upTo;
    private boolean foundAll;
    private boolean ended;

    private TableRun(WorkSessions sessions, Portions portions, StrideCount strides) {
        this.sessions = sessions;
        this.portions = portions;
        this.strides = strides;
        speed = new MoveSpeed(portions.table(), size);
        runner = new ChunkRunner(portions, size, speed::limits);
    }

    /** Leaves out what operators have chosen to skip. */
    public static TableRun of(String table, WorkSessions sessions) throws SQLException {
        Portions portions = Portions.of(table).without(FailedChunks.skipped(sessions.own(), table));
        TableRun run = new TableRun(sessions, portions, StrideCount.of(sessions.own(), portions));
        RunnerStatus.read(sessions.own()).resume(run.size);
        return run;
    }

    /** @return empty at the end of the table, and when it does not go on */
    public Optional<ParallelPortions> next(ContinueCheck check) throws SQLException {
        Connection connection = sessions.own();
        if (!speed.await(connection, check)) {
            return Optional.empty();
        }
        List<KeyRange> ranges = new ArrayList<>();
        while (ranges.size() < speed.parallelism() && find(connection)) {
            ranges.add(found.removeFirst());
        }
        ended = ranges.isEmpty();
        return ended ? Optional.empty() : Optional.of(new ParallelPortions(ranges));
    }

    /** @return whether the end of the table was reached */
    public boolean workToEnd(ContinueCheck check) throws SQLException {
        Optional<ParallelPortions> next = next(check);
        while (next.isPresent()) {
            work(next.get());
            next = next(check);
        }
        return ended;
    }

    /** Whether the end of the table has been reached. */
    public boolean hasEnded() {
        return ended;
    }

    public void work(ParallelPortions portions) throws SQLException {
        long start = System.nanoTime();
        sessions.run(portions.ranges(), runner::run);
        speed.worked(Duration.ofNanos(System.nanoTime() - start));
    }

    private boolean find(Connection connection) throws SQLException {
        if (found.isEmpty() && !foundAll) {
            Optional<KeyRange> next = portions.next(connection, upTo, size.rows() * strides.count());
            next.ifPresent(range -> found.addAll(strides.through(range)));
            foundAll = next.isEmpty();
            upTo = next.map(KeyRange::upTo).orElse(upTo);
        }
        return !found.isEmpty();
    }

    @Override
    public void close() {
        sessions.close();
    }
}
