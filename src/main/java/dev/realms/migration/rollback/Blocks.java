package dev.realms.migration.rollback;

import dev.realms.ops.Transactions;
import dev.realms.sql.SqlStates;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Goes through a table block by block: before and after contract there are other indexes, and blocks need none. A row that is
 * changed meanwhile may move behind the reader, hence again and again until a whole pass finds nothing to do.
 */
final class Blocks {

    /** Some thousand rows, in about the time that a transaction should take. */
    private static final int STRIDE = 32;

    private Blocks() {}

    @FunctionalInterface
    interface Portion {
        /** @param range a condition on the table's {@code ctid}, which is called {@code t}. @return how many rows were changed */
        long work(String range) throws SQLException;
    }

    static long sweep(Connection connection, String table, Watch watch, Portion portion) throws SQLException {
        long all = 0;
        for (long pass = -1; pass != 0; all += pass) {
            pass = pass(connection, table, watch, portion);
        }
        return all;
    }

    private static long pass(Connection connection, String table, Watch watch, Portion portion) throws SQLException {
        long done = 0;
        for (long block = 0; block < blocks(connection, table); block += STRIDE) {
            String range = "t.ctid >= '(%d,0)' AND t.ctid < '(%d,0)'".formatted(block, block + STRIDE);
            long changed = Transactions.runPatiently(
                    connection, SqlStates::isContentionOrDuplicate, transaction -> portion.work(range));
            done += changed;
            watch.done(changed);
        }
        return done;
    }

    private static long blocks(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pg_relation_size('" + table + "') / current_setting('block_size')::bigint")) {
            row.next();
            return row.getLong(1);
        }
    }
}
