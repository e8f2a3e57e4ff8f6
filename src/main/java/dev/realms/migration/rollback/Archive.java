package dev.realms.migration.rollback;

import dev.realms.migration.schema.OwnersOnly;
import dev.realms.realm.isolation.RealmTables;
import dev.realms.sql.FoundRows;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the pre-realm schema has no place for, kept for a later start. What it says of rows that have their realm is what
 * the tables say; of rows that have none, because an earlier start has not come to them yet, it goes on saying what it said.
 */
final class Archive {

    private static final String TABLES = """
            CREATE SCHEMA IF NOT EXISTS realms_archive;
            CREATE TABLE IF NOT EXISTS realms_archive.realms (
              id uuid NOT NULL, name text NOT NULL, description text, user_id %1$s NOT NULL, is_default boolean NOT NULL,
              is_active boolean NOT NULL, created_at timestamptz(3) NOT NULL, updated_at timestamptz(3) NOT NULL,
              content_kept_until timestamptz(3), CONSTRAINT realms_pkey PRIMARY KEY (id));
            CREATE TABLE IF NOT EXISTS realms_archive.memberships (
              table_name text NOT NULL, id %1$s NOT NULL, realm_id uuid NOT NULL, CONSTRAINT memberships_pkey PRIMARY KEY (table_name, id));
            CREATE TABLE IF NOT EXISTS realms_archive.current_realms (
              user_id %1$s NOT NULL, realm_id uuid NOT NULL, CONSTRAINT current_realms_pkey PRIMARY KEY (user_id));
            CREATE TABLE IF NOT EXISTS realms_archive.names (
              id %1$s NOT NULL, old_name text NOT NULL, new_name text NOT NULL, CONSTRAINT names_pkey PRIMARY KEY (id));
            CREATE TABLE IF NOT EXISTS realms_archive.keys (
              id %1$s NOT NULL, key text NOT NULL, access text NOT NULL, prefix text, expires_at timestamptz(3), revoked_at timestamptz(3), previous_key text,
              previous_key_expires_at timestamptz(3), replaced_by text NOT NULL, CONSTRAINT keys_pkey PRIMARY KEY (id));
            CREATE TABLE IF NOT EXISTS realms_archive.credentials (
              id %1$s NOT NULL, field text NOT NULL, sealed text NOT NULL, CONSTRAINT credentials_pkey PRIMARY KEY (id, field));
            CREATE TABLE IF NOT EXISTS realms_archive.realm_events (
              id uuid NOT NULL, realm_id uuid NOT NULL, created_at timestamptz(3) NOT NULL, kind text NOT NULL, api_key text, prefix text,
              details jsonb NOT NULL, CONSTRAINT realm_events_pkey PRIMARY KEY (id))
            """;

    private static final String REALMS = """
            INSERT INTO realms_archive.realms AS a (id, name, description, user_id, is_default, is_active, created_at, updated_at, content_kept_until)
            SELECT id, name, description, user_id, is_default, is_active, created_at, updated_at, content_kept_until FROM realms AS t WHERE %s
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description, is_default = excluded.is_default,
              is_active = excluded.is_active, updated_at = excluded.updated_at, content_kept_until = excluded.content_kept_until
            WHERE (a.name, a.description, a.is_default, a.is_active, a.updated_at, a.content_kept_until) IS DISTINCT FROM
              (excluded.name, excluded.description, excluded.is_default, excluded.is_active, excluded.updated_at, excluded.content_kept_until)
            """;

    private static final String MEMBERSHIPS = """
            WITH found AS (
              SELECT t.id, t.realm_id, r.is_default FROM %1$s AS t JOIN realms AS r ON r.id = t.realm_id WHERE %2$s),
            home AS (
              DELETE FROM realms_archive.memberships AS m USING found
              WHERE m.table_name = '%1$s' AND m.id = found.id AND found.is_default)
            INSERT INTO realms_archive.memberships AS m (table_name, id, realm_id)
            SELECT '%1$s', id, realm_id FROM found WHERE NOT is_default
            ON CONFLICT (table_name, id) DO UPDATE SET realm_id = excluded.realm_id WHERE m.realm_id <> excluded.realm_id
            """;

    private static final String CURRENT_REALMS = """
            INSERT INTO realms_archive.current_realms AS c (user_id, realm_id)
            SELECT user_id, current_realm_id FROM user_settings AS t WHERE current_realm_id IS NOT NULL AND %s
            ON CONFLICT (user_id) DO UPDATE SET realm_id = excluded.realm_id WHERE c.realm_id <> excluded.realm_id
            """;

    private static final String NAMES = """
            INSERT INTO realms_archive.names AS n (id, old_name, new_name)
            SELECT id, name, pre_realm_name FROM databases AS t WHERE name <> pre_realm_name AND %s
            ON CONFLICT (id) DO UPDATE SET old_name = excluded.old_name, new_name = excluded.new_name
            WHERE (n.old_name, n.new_name) <> (excluded.old_name, excluded.new_name)
            """;

    private static final String MONTHS =
            "SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = to_regclass('realms.realm_events') ORDER BY 1";

    private static final String EVENTS = """
            INSERT INTO realms_archive.realm_events (id, realm_id, created_at, kind, api_key, prefix, details)
            SELECT id, realm_id, created_at, kind, api_key, prefix, details FROM %s AS t WHERE %s ON CONFLICT (id) DO NOTHING
            """;

    private static final String OUTSIDE = "%s AS t JOIN realms AS r ON r.id = t.realm_id AND NOT r.is_default";

    private final Connection connection;

    Archive(Connection connection) {
        this.connection = connection;
    }

    void create() throws SQLException {
        String tables = TABLES.formatted(Sql.typeOf(connection, "users", "id"));
        Rollback.inTransaction(connection, transaction -> {
            Sql.execute(transaction, tables);
            OwnersOnly.close(transaction, "realms_archive");
            return null;
        });
    }

    void fill(RollbackListener listener) throws SQLException {
        BlockSweep sweep = new BlockSweep(connection, listener);
        sweep.update("realms", REALMS::formatted);
        for (String table : RealmTables.OWNED) {
            sweep.update(table, range -> MEMBERSHIPS.formatted(table, range));
        }
        sweep.update("user_settings", CURRENT_REALMS::formatted);
        for (String month : Sql.texts(connection, MONTHS)) {
            sweep.update(month, range -> EVENTS.formatted(month, range));
        }
    }

    /** Databases that the pre-realm application knows by another name, since theirs is that of another one of the user, too. */
    FoundRows renamed() throws SQLException {
        return FoundRows.of(connection, "SELECT id FROM databases WHERE name <> pre_realm_name", Rollback.NAMED_ROWS);
    }

    void fillNames(RollbackListener listener) throws SQLException {
        new BlockSweep(connection, listener).update("databases", NAMES::formatted);
    }

    /** By table: the archive has to know their realms. */
    Map<String, Long> rowsOutsideDefaultRealms() throws SQLException {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String table : RealmTables.OWNED) {
            rows.put(table, Sql.count(connection, OUTSIDE.formatted(table)));
        }
        return rows;
    }

    /** Whether nobody would know the realm of a row any more. Rows that refer to others follow those. */
    boolean lacksRows() throws SQLException {
        return lacks("database_servers", "true")
                || lacks("documents", "t.database_id IS NULL")
                || lacks("api_keys", "true");
    }

    private boolean lacks(String table, String condition) throws SQLException {
        return Sql.exists(
                connection,
                OUTSIDE.formatted(table) + " WHERE " + condition
                        + " AND NOT EXISTS (SELECT FROM realms_archive.memberships AS m"
                        + " WHERE m.table_name = ? AND m.id = t.id AND m.realm_id = t.realm_id)",
                table);
    }
}
