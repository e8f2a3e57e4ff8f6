package dev.realms.realm.isolation;

import dev.realms.testing.InServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a connection shows at this moment. */
@InServer
final class TrialLook {

    private TrialLook() {}

    /** The realms whose documents can be seen, or nothing where the database refuses. */
    static String rows(Connection connection) throws SQLException {
        return first(connection, "SELECT string_agg(DISTINCT realm_id::text, ' ') FROM realms.documents");
    }

    /** The realm and the user that are open. */
    static String open(Connection connection) throws SQLException {
        return first(
                connection,
                "SELECT concat(current_setting('app.realm_id', true), current_setting('app.user_id', true))");
    }

    private static String first(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
