package dev.realms.migration.rollback;

import dev.realms.security.secret.SecretBox;
import dev.realms.security.secret.SecretException;
import dev.realms.security.secret.SecretPlace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Gives the servers' credentials back in plain, since the application from before realms reads them so. */
final class Credentials {

    private static final List<String> FIELDS = List.of("password", "api_key");

    private static final String SEALED = """
            SELECT t.realm_id, t.id, %1$s FROM database_servers AS t
            WHERE starts_with(%1$s, 'realms:v1:') AND %2$s
            """;

    /** Whoever changes a value meanwhile wins. */
    private static final String REPLACE = """
            WITH replaced AS (
              UPDATE database_servers AS s SET %1$s = v.plain FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[]) AS v (realm_id, id, sealed, plain)
              WHERE s.realm_id = v.realm_id AND s.id = v.id AND s.%1$s = v.sealed RETURNING s.id, v.sealed)
            INSERT INTO realms_archive.credentials AS c (id, field, sealed) SELECT id, '%1$s', sealed FROM replaced
            ON CONFLICT (id, field) DO UPDATE SET sealed = excluded.sealed
            """;

    private static final String REPLACED = """
            SELECT t.realm_id, t.id, c.sealed, t.%1$s FROM database_servers AS t
            JOIN realms_archive.credentials AS c ON c.id = t.id AND c.field = '%1$s' WHERE t.%1$s IS NOT NULL AND %2$s
            """;

    private static final String TAKE_BACK = """
            WITH back AS (
              UPDATE database_servers AS s SET %1$s = v.sealed FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[]) AS v (realm_id, id, sealed, plain)
              WHERE s.realm_id = v.realm_id AND s.id = v.id AND s.%1$s = v.plain RETURNING s.id)
            DELETE FROM realms_archive.credentials AS c USING back WHERE c.id = back.id AND c.field = '%1$s'
            """;

    private final Connection connection;
    private final SecretBox box;

    /** @param unreadable the servers of values that were changed or moved, so that no key opens them */
    record Found(long sealed, long withoutKey, Rows unreadable) {}

    private record Opened(UUID realmId, UUID id, String sealed, String plain) {}

    Credentials(Connection connection, SecretBox box) {
        this.connection = connection;
        this.box = box;
    }

    Found look() throws SQLException {
        long sealed = 0;
        long withoutKey = 0;
        List<String> unreadable = new ArrayList<>();
        for (String field : FIELDS) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(SEALED.formatted(field, "true"))) {
                while (row.next()) {
                    sealed++;
                    if (!box.hasKeyOf(row.getString(3))) {
                        withoutKey++;
                    } else if (open(row, field) == null) {
                        unreadable.add(row.getString(2));
                    }
                }
            }
        }
        return new Found(
                sealed,
                withoutKey,
                new Rows(
                        unreadable.size(),
                        unreadable.stream().sorted().limit(Rows.NAMED).toList()));
    }

    void giveBack(Watch watch) throws SQLException {
        for (String field : FIELDS) {
            Blocks.sweep(
                    connection,
                    "database_servers",
                    watch,
                    range -> replace(REPLACE.formatted(field), read(SEALED.formatted(field, range), field)));
        }
    }

    /** Of those that are what was given back; another value is the application's. */
    void takeBack(Watch watch) throws SQLException {
        for (String field : FIELDS) {
            Blocks.sweep(
                    connection,
                    "database_servers",
                    watch,
                    range -> replace(TAKE_BACK.formatted(field), read(REPLACED.formatted(field, range), field)));
        }
    }

    private List<Opened> read(String query, String field) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<Opened> opened = new ArrayList<>();
            while (row.next()) {
                String plain = open(row, field);
                if (plain != null) {
                    opened.add(new Opened(
                            row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3), plain));
                }
            }
            return opened;
        }
    }

    /** @return null where no key opens it: it stays as it is */
    private String open(ResultSet row, String field) throws SQLException {
        try {
            return box.open(
                    row.getString(3),
                    SecretPlace.field(row.getObject(1, UUID.class), row.getObject(2, UUID.class), field));
        } catch (SecretException changed) {
            return null;
        }
    }

    private long replace(String sql, List<Opened> values) throws SQLException {
        if (values.isEmpty()) {
            return 0;
        }
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setArray(
                    1, array("uuid", values.stream().map(Opened::realmId).toArray()));
            update.setArray(2, array("uuid", values.stream().map(Opened::id).toArray()));
            update.setArray(3, array("text", values.stream().map(Opened::sealed).toArray()));
            update.setArray(4, array("text", values.stream().map(Opened::plain).toArray()));
            return update.executeUpdate();
        }
    }

    private java.sql.Array array(String type, Object[] values) throws SQLException {
        return connection.createArrayOf(type, values);
    }
}
