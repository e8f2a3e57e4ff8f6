package dev.realms.ops;

import dev.realms.sql.Sql;
import dev.realms.web.json.RecordJson;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Reports that are kept. */
public final class SavedReports {

    private SavedReports() {}

    /** @param kind {@code preflight}, {@code verification} or {@code isolation-audit} */
    public static void save(Connection connection, String kind, boolean passed, Record report) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO migration.reports (kind, passed, report) VALUES (?, ?, ?::jsonb)",
                kind,
                passed,
                RecordJson.text(report));
    }

    /** The last report of a kind, as it was saved. */
    public static Optional<JsonObject> last(Connection connection, String kind) throws SQLException {
        return Sql.first(
                connection,
                row -> RecordJson.parse(row.getString(1)),
                "SELECT report FROM migration.reports WHERE kind = ? ORDER BY id DESC LIMIT 1",
                kind);
    }
}
