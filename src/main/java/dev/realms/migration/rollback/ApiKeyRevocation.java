package dev.realms.migration.rollback;

import dev.realms.apikey.ApiKeyFormat;
import dev.realms.sql.FoundRows;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Leaves the pre-realm application those API keys only that mean to it what they mean here: plain ones of the default realm,
 * neither revoked nor running out. All others keep their row, with a value that nobody knows in place of the key.
 */
final class ApiKeyRevocation {

    /** Nobody has it in plain any more. */
    private static final String HASHED = "key ~ " + ApiKeyFormat.STORED;

    private static final String ALL = "api_keys AS t LEFT JOIN realms AS r ON r.id = t.realm_id";

    /** The pre-realm application would take the key for more than it is good for, or its hash for the key itself. */
    private static final String DUE = "NOT t.key ~ '^revoked:[0-9a-f-]{36}$' AND (t." + HASHED
            + " OR NOT coalesce(r.is_default, true) OR t.expires_at IS NOT NULL OR t.revoked_at IS NOT NULL OR t.previous_key IS NOT NULL)";

    private static final String REVOKE = """
            WITH found AS (
              SELECT t.id, t.realm_id, t.key, t.access, t.prefix, t.expires_at, t.revoked_at, t.previous_key, t.previous_key_expires_at,
                     'revoked:' || gen_random_uuid() AS replaced_by
              FROM %s WHERE %s AND %s FOR NO KEY UPDATE OF t),
            kept AS (
              INSERT INTO realms_archive.keys AS a (id, key, access, prefix, expires_at, revoked_at, previous_key, previous_key_expires_at, replaced_by)
              SELECT id, key, access, prefix, expires_at, revoked_at, previous_key, previous_key_expires_at, replaced_by FROM found
              ON CONFLICT (id) DO UPDATE SET key = excluded.key, access = excluded.access, prefix = excluded.prefix, expires_at = excluded.expires_at,
                revoked_at = excluded.revoked_at, previous_key = excluded.previous_key,
                previous_key_expires_at = excluded.previous_key_expires_at, replaced_by = excluded.replaced_by)
            UPDATE api_keys SET key = found.replaced_by FROM found
            WHERE api_keys.id = found.id AND api_keys.realm_id IS NOT DISTINCT FROM found.realm_id
            """;

    private ApiKeyRevocation() {}

    /** Those that are still to be revoked. */
    static FoundRows due(Connection connection) throws SQLException {
        return FoundRows.of(connection, "SELECT t.id FROM " + ALL + " WHERE " + DUE, Rollback.NAMED_ROWS);
    }

    static long withoutPlainText(Connection connection) throws SQLException {
        return Sql.count(connection, "api_keys WHERE " + HASHED);
    }

    static void run(BlockSweep sweep) throws SQLException {
        sweep.update("api_keys", range -> REVOKE.formatted(ALL, range, DUE));
    }
}
