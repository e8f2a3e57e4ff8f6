package dev.realms.migration;

import dev.realms.http.Records;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Reports that are kept. */
final class Reports {

    private Reports() {}

    /** @param kind {@code preflight} or {@code verification} */
    static void save(Connection connection, String kind, boolean passed, Record report) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO migration.reports (kind, passed, report) VALUES (?, ?, ?::jsonb)")) {
            insert.setString(1, kind);
            insert.setBoolean(2, passed);
            insert.setString(3, Records.json(report).toString());
            insert.executeUpdate();
        }
    }
}
