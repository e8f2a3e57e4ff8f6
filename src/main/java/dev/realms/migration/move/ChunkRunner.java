package dev.realms.migration.move;

import dev.realms.migration.pressure.ChunkSize;
import dev.realms.migration.pressure.Limits;
import dev.realms.sql.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Does a portion whatever gets in the way: it is tried again, then halved, and what fails even as one row is listed, so that all
 * the others go on. A portion that takes too long is given back and halved, too, so that nobody waits for it.
 */
final class ChunkRunner {

    /** When so many of a table have failed, it is not the rows. */
    static final int MOST_FAILED = 100;

    private static final int TRIES = 3;
    private static final int TRIES_AT_LOCKS = 5;
    private static final double BOUND = 1.25;

    private final Portions portions;
    private final ChunkSize size;
    private final Supplier<Limits> limits;
    private final AtomicInteger listed = new AtomicInteger();

    ChunkRunner(Portions portions, ChunkSize size, Supplier<Limits> limits) {
        this.portions = portions;
        this.size = size;
        this.limits = limits;
    }

    /** @param attempts that have failed; @param patience with it */
    private record Piece(KeyRange range, int attempts, Chunk.Patience patience) {}

    /** What fails goes to the end of the queue: the others do not wait for it. */
    void run(Connection connection, KeyRange range) throws SQLException {
        Chunk.Patience bounded = new Chunk.Patience(
                TRIES_AT_LOCKS, Duration.ofNanos((long) (BOUND * size.target().toNanos())));
        Deque<Piece> queue = new ArrayDeque<>(List.of(new Piece(range, 0, bounded)));
        while (!queue.isEmpty()) {
            Piece piece = queue.removeFirst();
            Optional<SQLException> fault = attempt(connection, piece);
            if (fault.isPresent()) {
                queue.addAll(again(connection, piece, fault.get()));
            }
        }
    }

    private List<Piece> again(Connection connection, Piece piece, SQLException fault) throws SQLException {
        KeyRange range = piece.range();
        int attempts = piece.attempts() + 1;
        boolean timeWouldHelp = ChunkFault.isTooLong(fault) || SqlStates.isContention(SqlStates.first(fault));
        boolean isPatient = piece.patience().bound() == null;
        Portions.Left left = portions.left(connection, range).orElse(null);
        if (left == null) {
            return List.of();
        } else if (!timeWouldHelp && attempts < TRIES) {
            return List.of(new Piece(range, attempts, piece.patience()));
        }
        KeyRange rest = range.within(left.first(), left.last());
        if (timeWouldHelp && !isPatient && left.rows() <= limits.get().floorRows()) {
            return List.of(new Piece(rest, attempts, Chunk.Patience.LONG));
        } else if (left.rows() == 1 || timeWouldHelp && isPatient) {
            list(connection, rest, fault, attempts);
            return List.of();
        }
        KeyRange half = range.within(left.first(), left.middle());
        return List.of(
                new Piece(half, attempts, piece.patience()),
                new Piece(range.within(KeyRange.behind(left.middle(), left.last())), attempts, piece.patience()));
    }

    /** @return why it failed */
    private Optional<SQLException> attempt(Connection connection, Piece piece) throws SQLException {
        try {
            Chunk.Result result = Chunk.run(connection, portions, piece.range(), piece.patience());
            size.measured(result.done(), result.took());
            return Optional.empty();
        } catch (SQLException fault) {
            if (ChunkFault.isFatal(fault)) {
                throw fault;
            }
            if (ChunkFault.isTooLong(fault)) {
                size.tooLong();
            }
            return Optional.of(fault);
        }
    }

    private void list(Connection connection, KeyRange range, SQLException fault, int attempts) throws SQLException {
        String sentence = ChunkFault.sentence(fault);
        FailedChunks.add(connection, portions.table(), range, sentence, attempts);
        if (listed.incrementAndGet() >= MOST_FAILED) {
            throw new TooManyFailed(sentence);
        }
    }

    /** Ends the step. */
    static final class TooManyFailed extends IllegalStateException {
        TooManyFailed(String last) {
            super(MOST_FAILED + " portions have failed. The last one: " + last.replaceFirst("\\.$", ""));
        }
    }
}
