package dev.realms.migration.move;

import dev.realms.ops.Transactions;
import dev.realms.sql.Sql;
import dev.realms.sql.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells the planner what the migration has just changed; without it, finding the rows that are left reads whole tables. */
public final class Statistics {

    private static final Logger LOG = Logger.getLogger(Statistics.class.getName());

    private Statistics() {}

    /** @param what tables, perhaps with columns. Waits until vacuum gives way; does without rather than fail */
    public static void refresh(Connection connection, String what) throws SQLException {
        refresh(connection, what, "");
    }

    /** Of few rows, and in a tenth of the time: enough to tell a column that is empty from one that is full. */
    public static void sketch(Connection connection, String what) throws SQLException {
        refresh(connection, what, "; SET LOCAL default_statistics_target = 10");
    }

    private static void refresh(Connection connection, String what, String settings) throws SQLException {
        try {
            Transactions.run(connection, transaction -> {
                Sql.execute(transaction, "SET LOCAL lock_timeout = '5s'" + settings + "; ANALYZE " + what);
                return null;
            });
        } catch (SQLException fault) {
            if (!SqlStates.LOCK_NOT_AVAILABLE.equals(fault.getSQLState())) {
                throw fault;
            }
            LOG.log(Level.INFO, "The statistics of {0} stay as they were: a lock was not to be had", what);
        }
    }
}
