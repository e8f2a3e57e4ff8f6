package dev.realms.migration.rollback;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a rollback finds, asked of the data: by its preview, and to see that nothing is left. */
final class Questions {

    static final List<String> OWNED = List.of("database_servers", "databases", "documents", "jobs", "api_keys");

    /** A value of ours: the key it stands for is in the archive. */
    static final String REVOKED = "key ~ '^revoked:[0-9a-f-]{36}$'";

    /** Nobody has it in plain any more. */
    static final String HASHED = "key ~ '^sha256:[0-9a-f]{64}:[0-9a-f]{32}$'";

    /** The application from before realms would take the key for more than it is good for, or its hash for the key itself. */
    static final String TO_BE_REVOKED = "NOT t." + REVOKED + " AND (t." + HASHED
            + " OR NOT coalesce(r.is_default, true) OR t.expires_at IS NOT NULL OR t.revoked_at IS NOT NULL OR t.previous_key IS NOT NULL)";

    static final String KEYS = "api_keys AS t LEFT JOIN realms AS r ON r.id = t.realm_id";

    /** Of databases of one name and user all but one: that in the default realm, else the oldest, keeps its name. */
    static final String CLASHING = """
            (SELECT d.id, d.user_id, d.name, r.name AS realm,
                    row_number() OVER (PARTITION BY d.user_id, d.name ORDER BY coalesce(r.is_default, true) DESC, d.created_at, d.id) AS place
             FROM databases AS d LEFT JOIN realms AS r ON r.id = d.realm_id) AS clashing
            WHERE place > 1
            """;

    private static final String OUTSIDE = "%1$s AS t JOIN realms AS r ON r.id = t.realm_id AND NOT r.is_default";

    private Questions() {}

    static Map<String, Long> rowsOutsideDefaultRealms(Connection connection) throws SQLException {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String table : OWNED) {
            rows.put(table, count(connection, OUTSIDE.formatted(table)));
        }
        return rows;
    }

    /** Rows whose realm nobody would know any more: others follow what they refer to. */
    static long notArchived(Connection connection) throws SQLException {
        return notArchived(connection, "database_servers", "true")
                + notArchived(connection, "documents", "t.database_id IS NULL")
                + notArchived(connection, "api_keys", "true");
    }

    private static long notArchived(Connection connection, String table, String condition) throws SQLException {
        return count(
                connection,
                OUTSIDE.formatted(table) + " WHERE " + condition
                        + " AND NOT EXISTS (SELECT FROM realms_archive.memberships AS m" + " WHERE m.table_name = '"
                        + table + "' AND m.id = t.id AND m.realm_id = t.realm_id)");
    }

    static long count(Connection connection, String from) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + from)) {
            row.next();
            return row.getLong(1);
        }
    }

    static boolean is(Connection connection, String condition) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + condition)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** The rows' ids, in order; the first of them. */
    static Rows rows(Connection connection, String from) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT id, count(*) OVER () FROM (SELECT id FROM "
                        + from + ") AS found ORDER BY id LIMIT " + Rows.NAMED);
                ResultSet row = query.executeQuery()) {
            List<String> ids = new ArrayList<>();
            long count = 0;
            while (row.next()) {
                ids.add(row.getString(1));
                count = row.getLong(2);
            }
            return new Rows(count, ids);
        }
    }
}
