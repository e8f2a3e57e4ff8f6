package dev.realms.migration.rollback;

import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Brings back what waits in the archive, once the schema has been expanded again: which row was in which realm, keys, and which realm a
 * user was in. The realms themselves, and their events, came with their tables; the names of databases come with the contract.
 *
 * <p>The pre-realm application has gone on meanwhile. A row goes back only where its user still owns the realm; what refers to
 * another row follows that one, wherever it is. All others are the usual migration's.
 */
public final class Restore {

    private static final String ARCHIVED = """
            UPDATE %1$s AS c SET realm_id = t.realm_id FROM realms_archive.memberships AS t JOIN realms AS r ON r.id = t.realm_id
            WHERE %2$s AND t.table_name = '%1$s' AND c.id = t.id AND c.realm_id IS NULL AND r.user_id = c.user_id AND r.is_kept AND %3$s
            """;

    private static final String FOLLOWING = """
            UPDATE %1$s AS t SET realm_id = referred.realm_id
            FROM %2$s AS referred JOIN realms AS r ON r.id = referred.realm_id AND NOT r.is_default
            WHERE %3$s AND t.%4$s = referred.id AND t.user_id = referred.user_id AND t.realm_id IS DISTINCT FROM referred.realm_id
            """;

    private static final String CURRENT_REALMS = """
            UPDATE user_settings AS t SET current_realm_id = c.realm_id
            FROM realms_archive.current_realms AS c JOIN realms AS r ON r.id = c.realm_id AND r.user_id = c.user_id
            WHERE %s AND c.user_id = t.user_id AND t.current_realm_id IS NULL
            """;

    /** Not to a user who does not own the realm it opens. */
    static final String KEYS = """
            WITH back AS (
              UPDATE api_keys AS t SET key = a.key, access = a.access, prefix = a.prefix, expires_at = a.expires_at, revoked_at = a.revoked_at,
                previous_key = a.previous_key, previous_key_expires_at = a.previous_key_expires_at
              FROM realms_archive.keys AS a
              WHERE %s AND a.id = t.id AND t.key = a.replaced_by
                AND NOT EXISTS (SELECT FROM realms_archive.memberships AS m
                                WHERE m.table_name = 'api_keys' AND m.id = t.id AND m.realm_id IS DISTINCT FROM t.realm_id)
              RETURNING t.id)
            DELETE FROM realms_archive.keys AS a USING back WHERE a.id = back.id
            """;

    private final Connection connection;
    private final BlockSweep sweep;

    private Restore(Connection connection, RollbackListener listener) {
        this.connection = connection;
        this.sweep = new BlockSweep(connection, listener);
    }

    /** Whether the database went back, and has not been brought back as a whole. */
    public static boolean isDue(Connection connection) throws SQLException {
        return Sql.exists(connection, "migration.going_back");
    }

    /**
     * Can be run again after it ended early. From its end on requests are served.
     *
     * @param connection of the schema owner, in auto-commit mode
     */
    public static void run(Connection connection, RollbackListener listener) throws SQLException {
        if (Sql.is(connection, "to_regclass('realms_archive.realms') IS NOT NULL")) {
            new Restore(connection, listener).run();
        }
        Sql.execute(connection, "DELETE FROM migration.going_back");
    }

    private void run() throws SQLException {
        fromArchive("database_servers", "true");
        follow("databases", "database_servers", "server_id");
        fromArchive("documents", "c.database_id IS NULL");
        follow("documents", "databases", "database_id");
        follow("jobs", "documents", "document_id");
        fromArchive("api_keys", "true");
        sweep.update("user_settings", CURRENT_REALMS::formatted);
        // A key counts among the pre-realm columns, whose changes are noted.
        Sql.execute(connection, "SET realms.migration = ''");
        try {
            sweep.update("api_keys", KEYS::formatted);
        } finally {
            Sql.execute(connection, "SET realms.migration = 'on'");
        }
        Sql.execute(
                connection,
                "TRUNCATE realms_archive.memberships, realms_archive.current_realms, realms_archive.keys,"
                        + " realms_archive.realm_events");
    }

    private void fromArchive(String table, String condition) throws SQLException {
        sweep.update("realms_archive.memberships", range -> ARCHIVED.formatted(table, range, condition));
    }

    /** Goes through the rows that refer: their column has no index in every shape, what they refer to has its key. */
    private void follow(String table, String referred, String column) throws SQLException {
        sweep.update(table, range -> FOLLOWING.formatted(table, referred, range, column));
    }
}
