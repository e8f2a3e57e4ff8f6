package dev.realms.security.secret;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which keys have sealed how many credentials, counted in the data. */
final class KeyUse {

    private static final String SEALED = """
            (SELECT substr(value, 11, 8) AS id, count(*) AS sealed
             FROM (SELECT password AS value FROM database_servers UNION ALL SELECT api_key FROM database_servers) AS v
             WHERE starts_with(value, 'realms:v1:') GROUP BY 1) AS s
            """;

    private KeyUse() {}

    /** Newest first; a key that has left nothing but its id, last. */
    static List<SecretKeyView.Key> read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(k.id, s.id), created_at, activated_at, retired_at, coalesce(sealed, 0) FROM migration.secret_keys AS k FULL JOIN "
                                + SEALED
                                + " ON s.id = k.id ORDER BY created_at DESC NULLS LAST, activated_at DESC NULLS LAST, 1")) {
            List<SecretKeyView.Key> keys = new ArrayList<>();
            while (row.next()) {
                keys.add(new SecretKeyView.Key(
                        row.getString(1),
                        instant(row.getTimestamp(2)),
                        instant(row.getTimestamp(3)),
                        instant(row.getTimestamp(4)),
                        row.getLong(5)));
            }
            return keys;
        }
    }

    /** How many credentials are sealed by any other key. */
    static long older(Connection connection, String keyId) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT coalesce(sum(sealed), 0) FROM " + SEALED + " WHERE id <> ?")) {
            query.setString(1, keyId);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static Instant instant(Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
