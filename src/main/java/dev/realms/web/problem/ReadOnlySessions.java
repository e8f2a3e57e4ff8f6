package dev.realms.web.problem;

import dev.realms.sql.SqlStates;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Sessions of a server that can only be read, such as the former primary after a failover. To a pool they are as good as any, and it
 * would hand them out for as long as they are in use. Whoever finds one ends those that are idle; new ones lead to where the address
 * does now.
 */
public final class ReadOnlySessions {

    private static final String IS_READ_ONLY = "SELECT current_setting('transaction_read_only') = 'on'";

    /**
     * Nobody's statement is cut off: what is in use now is found when it is used again. Those of other nodes are of no more use. What is
     * younger may lead to where the address does now, and be about to commit.
     */
    private static final String OTHERS = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE usename = current_user AND datname = current_database() AND application_name = current_setting('application_name')
              AND state = 'idle' AND pid <> pg_backend_pid()
              AND backend_start <= (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())
            """;

    /** Its end is the answer to the statement that ends it. */
    private static final String OWN = "SELECT pg_terminate_backend(pg_backend_pid())";

    private ReadOnlySessions() {}

    /**
     * Ends the session, and all others of its role and application that are idle, when its server can only be read.
     *
     * @param connection in auto-commit mode
     * @return whether it can
     */
    public static boolean end(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(IS_READ_ONLY)) {
                row.next();
                if (!row.getBoolean(1)) {
                    return false;
                }
            }
            statement.execute(OTHERS);
            statement.execute(OWN);
        } catch (SQLException ended) {
            if (!SqlStates.isCut(String.valueOf(ended.getSQLState()))) {
                throw ended;
            }
        }
        return true;
    }
}
