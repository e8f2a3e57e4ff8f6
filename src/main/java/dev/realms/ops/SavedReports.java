package dev.realms.ops;

import dev.realms.web.json.RecordJson;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reports that are kept. */
public final class SavedReports {

    private SavedReports() {}

    /** @param kind {@code preflight}, {@code verification} or {@code isolation-audit} */
    public static void save(Connection connection, String kind, boolean passed, Record report) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO migration.reports (kind, passed, report) VALUES (?, ?, ?::jsonb)")) {
            insert.setString(1, kind);
            insert.setBoolean(2, passed);
            insert.setString(3, RecordJson.text(report));
            insert.executeUpdate();
        }
    }

    /** The last report of a kind, as it was saved. */
    public static Optional<JsonObject> last(Connection connection, String kind) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT report FROM migration.reports WHERE kind = ? ORDER BY id DESC LIMIT 1")) {
            query.setString(1, kind);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(RecordJson.parse(row.getString(1))) : Optional.empty();
            }
        }
    }
}
