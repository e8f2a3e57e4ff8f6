package dev.realms.migration;

import dev.realms.http.Records;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

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

    static Optional<JsonObject> latest(Connection connection, String kind) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT report FROM migration.reports WHERE kind = ? ORDER BY id DESC LIMIT 1")) {
            query.setString(1, kind);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(parse(row.getString(1))) : Optional.empty();
            }
        }
    }

    private static JsonObject parse(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}
