package dev.realms.migration.schema;

import dev.realms.testing.oldapplication.OldApplicationShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * SQL in tests, a connection for each piece of it. Columns of the pre-realm application's tables are written in brackets, as is
 * {@code [uuid]}, the type of ids: {@link OldApplicationShape#named}.
 */
public record TestSql(DataSource database) {

    public void run(String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(OldApplicationShape.CHOSEN.named(sql));
            }
        }
    }

    /** The first column of every row, as text. */
    public List<String> ask(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(OldApplicationShape.CHOSEN.named(sql))) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
