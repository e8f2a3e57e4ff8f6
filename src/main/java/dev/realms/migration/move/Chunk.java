package dev.realms.migration.move;

import dev.realms.ops.Transactions;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** One portion in one transaction of its own, together with its progress; tried again when somebody else was in the way. */
final class Chunk {

    private Chunk() {}

    /** @param done rows; @param took the last try, with its commit */
    record Result(int done, Duration took) {}

    /**
     * @param tries while somebody else is in the way
     * @param bound how long the rows may be held; null for as long as it takes
     */
    record Patience(int tries, Duration bound) {

        static final Patience LONG = new Patience(20, null);

        /** Whoever waits for a row holds those before it: others would wait for both. */
        private void apply(Connection connection) throws SQLException {
            if (bound != null) {
                Sql.execute(
                        connection,
                        "SET LOCAL statement_timeout = %d; SET LOCAL lock_timeout = %d"
                                .formatted(bound.toMillis(), Math.max(1, Math.min(500, bound.toMillis() / 2))));
            }
        }
    }

    static Result run(Connection connection, Portions portions, KeyRange range) throws SQLException {
        return run(connection, portions, range, Patience.LONG);
    }

    static Result run(Connection connection, Portions portions, KeyRange range, Patience patience) throws SQLException {
        AtomicLong begun = new AtomicLong();
        int done = Transactions.runPatiently(connection, patience.tries(), transaction -> {
            begun.set(System.nanoTime());
            patience.apply(transaction);
            int rows = portions.work(transaction, range);
            ProgressTable.advance(transaction, portions.table(), rows);
            return rows;
        });
        return new Result(done, Duration.ofNanos(System.nanoTime() - begun.get()));
    }
}
