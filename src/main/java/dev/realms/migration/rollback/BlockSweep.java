package dev.realms.migration.rollback;

import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/**
 * Goes through a table block by block: before and after contract there are other indexes, and blocks need none. A row that is
 * changed meanwhile may move behind the reader, hence again and again until a whole pass finds nothing to do.
 *
 * @param connection in auto-commit mode
 */
record BlockSweep(Connection connection, RollbackListener listener) {

    /** Some thousand rows, in about the time that a transaction should take. */
    private static final int STRIDE = 32;

    @FunctionalInterface
    interface Portion {
        /** @param range a condition on the table's {@code ctid}, which is called {@code t}. @return how many rows were changed */
        long work(String range) throws SQLException;
    }

    /** @param statement makes a statement that changes rows from a portion's range. @return how many rows were changed */
    long update(String table, UnaryOperator<String> statement) throws SQLException {
        return run(table, range -> Sql.update(connection, statement.apply(range)));
    }

    /** @return how many rows were changed */
    long run(String table, Portion portion) throws SQLException {
        long all = 0;
        for (long pass = -1; pass != 0; all += pass) {
            pass = pass(table, portion);
        }
        return all;
    }

    private long pass(String table, Portion portion) throws SQLException {
        long done = 0;
        for (long block = 0; block < blocks(table); block += STRIDE) {
            String range = "t.ctid >= '(%d,0)' AND t.ctid < '(%d,0)'".formatted(block, block + STRIDE);
            long changed = Rollback.inTransaction(connection, transaction -> portion.work(range));
            done += changed;
            listener.done(changed);
        }
        return done;
    }

    private long blocks(String table) throws SQLException {
        return Sql.number(
                connection, "SELECT pg_relation_size('" + table + "') / current_setting('block_size')::bigint");
    }
}
