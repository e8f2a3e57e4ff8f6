package dev.realms.migration.rollback;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Leaves the application from before realms those API keys only that mean to it what they mean here: plain ones of the default realm,
 * neither revoked nor running out. All others keep their row, with a value that nobody knows in place of the key.
 */
final class Keys {

    private static final String REVOKE = """
            WITH found AS (
              SELECT t.id, t.realm_id, t.key, t.prefix, t.expires_at, t.revoked_at, t.previous_key, t.previous_key_expires_at,
                     'revoked:' || gen_random_uuid() AS replaced_by
              FROM %s WHERE %s AND %s FOR NO KEY UPDATE OF t),
            kept AS (
              INSERT INTO realms_archive.keys AS a (id, key, prefix, expires_at, revoked_at, previous_key, previous_key_expires_at, replaced_by)
              SELECT id, key, prefix, expires_at, revoked_at, previous_key, previous_key_expires_at, replaced_by FROM found
              ON CONFLICT (id) DO UPDATE SET key = excluded.key, prefix = excluded.prefix, expires_at = excluded.expires_at,
                revoked_at = excluded.revoked_at, previous_key = excluded.previous_key,
                previous_key_expires_at = excluded.previous_key_expires_at, replaced_by = excluded.replaced_by)
            UPDATE api_keys SET key = found.replaced_by FROM found
            WHERE api_keys.id = found.id AND api_keys.realm_id IS NOT DISTINCT FROM found.realm_id
            """;

    private final Connection connection;

    Keys(Connection connection) {
        this.connection = connection;
    }

    void revoke(Watch watch) throws SQLException {
        Blocks.sweep(connection, "api_keys", watch, range -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(REVOKE.formatted(Questions.KEYS, range, Questions.TO_BE_REVOKED));
            }
        });
    }
}
