package dev.realms.migration.rollback;

import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.Transactions;
import java.sql.Connection;
import java.sql.SQLException;

/** One transaction, tried again when somebody else was in the way, or took a unique value at the same moment. */
final class Tries {

    private static final int MOST = 20;
    private static final String UNIQUE_VIOLATION = "23505";

    private Tries() {}

    /** @param connection in auto-commit mode, as it is after */
    static <T> T run(Connection connection, OwnerDatabase.Work<T> work) throws SQLException {
        return Transactions.runPatiently(connection, MOST, Tries::isPassing, work);
    }

    private static boolean isPassing(SQLException fault) {
        return Transactions.somebodyWasInTheWay(fault) || UNIQUE_VIOLATION.equals(fault.getSQLState());
    }
}
