package dev.realms.bench.api;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.UUID;

/** The statements of the service, as plain JDBC sends them. Inside the server, too. */
public final class Statements {

    /** With {@code realms_app}'s rights: the key is found, and its realm opened for the transaction. */
    static final String OPEN = "SELECT realms.open_realm(?, ?, ?)";

    private static final int PAGE_SIZE = 50;
    private static final String COLUMNS = "SELECT realm_id, id, chunks, created_at, database_id, name, quality, state,"
            + " type, updated_at, upload_date, user_id, version FROM realms.documents WHERE realm_id = ?";
    private static final String NEWEST = " ORDER BY created_at DESC, id DESC LIMIT ?";

    static final String LIST = COLUMNS + NEWEST;
    static final String PAGE = COLUMNS + " AND (created_at, id) < (?, ?)" + NEWEST;
    static final String GET = COLUMNS + " AND id = ?";
    static final String INSERT =
            "INSERT INTO realms.documents (realm_id, id, chunks, created_at, database_id, name, quality,"
                    + " state, type, updated_at, upload_date, user_id, version)"
                    + " VALUES (?, ?, 0, ?, NULL, ?, 0, 'PENDING', ?, ?, ?, ?, 1)";
    static final String STATS =
            "SELECT (SELECT count(*) FROM realms.databases WHERE realm_id = p.realm AND user_id = p.owner),"
                    + " (SELECT count(*) FROM realms.documents WHERE realm_id = p.realm AND user_id = p.owner),"
                    + " (SELECT count(*) FROM realms.api_keys WHERE realm_id = p.realm AND user_id = p.owner),"
                    + " (SELECT count(*) FROM realms.database_servers WHERE realm_id = p.realm AND user_id = p.owner),"
                    + " (SELECT count(*) FROM realms.jobs WHERE realm_id = p.realm AND user_id = p.owner)"
                    + " FROM (SELECT ?::uuid AS realm, ?::uuid AS owner) AS p";

    private Statements() {}

    /** Sets what the statement of this kind asks for. */
    static void fill(PreparedStatement statement, String kind, UUID realm, UUID user, UUID document, Timestamp before)
            throws SQLException {
        statement.setObject(1, realm);
        if (kind.endsWith("LIST")) {
            statement.setInt(2, PAGE_SIZE + 1);
        } else if (kind.equals("BIG_PAGE")) {
            statement.setTimestamp(2, before);
            statement.setObject(3, document);
            statement.setInt(4, PAGE_SIZE + 1);
        } else if (kind.endsWith("STATS")) {
            statement.setObject(2, user);
        } else if (kind.equals("GET")) {
            statement.setObject(2, document);
        } else if (kind.equals("POST")) {
            Timestamp now = new Timestamp(System.currentTimeMillis());
            statement.setObject(2, UUID.randomUUID());
            statement.setTimestamp(3, now);
            statement.setString(4, "New document.pdf");
            statement.setString(5, "application/pdf");
            statement.setTimestamp(6, now);
            statement.setTimestamp(7, now);
            statement.setObject(8, user);
        }
    }

    /** Runs it and reads every column of every row, as JSON. */
    static String read(PreparedStatement statement, int columns) throws SQLException {
        StringBuilder json = new StringBuilder("[");
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                json.append(json.length() > 1 ? ",[" : "[");
                for (int i = 1; i <= columns; i++) {
                    json.append(i > 1 ? ",\"" : "\"").append(rows.getString(i)).append('"');
                }
                json.append(']');
            }
        }
        return json.append(']').toString();
    }

    static int columns(String kind) {
        return kind.endsWith("STATS") ? 5 : 13;
    }

    /** @return what was found; throws when that is nothing */
    static String run(
            Connection connection, String kind, String sql, UUID realm, UUID user, UUID document, Timestamp before)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            fill(statement, kind, realm, user, document, before);
            if (kind.equals("POST")) {
                statement.executeUpdate();
                return "{}";
            }
            String found = read(statement, columns(kind));
            if (found.equals("[]")) {
                throw new IllegalStateException("Nothing found");
            }
            return found;
        }
    }
}
