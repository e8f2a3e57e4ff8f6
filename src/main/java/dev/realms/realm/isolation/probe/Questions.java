package dev.realms.realm.isolation.probe;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks the catalogue questions whose rows are findings: reason, subject, sentence. */
final class Questions {

    private static final int SECONDS = 10;

    private Questions() {}

    /** @param connection in a transaction: for its length every name outside of pg_catalog is printed with its schema */
    static List<Finding> ask(Connection connection, List<String> questions) throws SQLException {
        List<Finding> found = new ArrayList<>();
        try (PreparedStatement path =
                connection.prepareStatement("SELECT set_config('search_path', 'pg_catalog', true)")) {
            path.execute();
        }
        for (String question : questions) {
            try (PreparedStatement statement = connection.prepareStatement(question)) {
                statement.setQueryTimeout(SECONDS);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Finding(rows.getString(1), rows.getString(2), rows.getString(3)));
                    }
                }
            }
        }
        return found;
    }
}
