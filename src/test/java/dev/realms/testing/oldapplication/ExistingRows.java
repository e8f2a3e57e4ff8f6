package dev.realms.testing.oldapplication;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Ids of rows that were there before, by table. The application reads and touches them, and leaves every value as it was. */
final class ExistingRows {

    private static final int OF_EACH = 500;

    private final Map<String, List<String>> ids = new HashMap<>();
    private final List<String> failures = new ArrayList<>();

    private ExistingRows() {}

    /** Some of each of the tables. */
    static ExistingRows of(Connection connection) {
        ExistingRows existing = new ExistingRows();
        OldApplicationRole.TABLES.forEach(table -> existing.read(connection, table));
        return existing;
    }

    private void read(Connection connection, String table) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT id FROM " + table + " ORDER BY md5(id::text) LIMIT " + OF_EACH)) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            if (found.isEmpty()) {
                failures.add("a row that was there: " + table + " is empty");
            } else {
                ids.put(table, found);
            }
        } catch (SQLException fault) {
            failures.add("a row that was there: " + fault.getSQLState() + " " + fault.getMessage());
        }
    }

    /** Tables in which there are none, or none that the application sees. */
    List<String> failures() {
        return failures;
    }

    /** One of each table, under the names that the scripts give them. */
    Map<String, String> any(Random random) {
        Map<String, String> names = new HashMap<>();
        ids.forEach((table, found) -> names.put("existing-" + table, found.get(random.nextInt(found.size()))));
        return names;
    }
}
