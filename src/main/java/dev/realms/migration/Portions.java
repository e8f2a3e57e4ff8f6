package dev.realms.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A table's work in portions by primary key. What is left to do is read from the data itself, so a first run, a later one and
 * one after a crash end alike.
 *
 * @param table the table whose rows are gone through
 * @param left what is true of a row that has still to be done
 * @param work does a portion; its two parameters are the key range
 * @param changed the table and column that the work writes
 */
record Portions(String table, String left, String work, String changed) {

    /** Users first: the other tables' rows go where their owner's default realm is. */
    static final List<Portions> ALL = List.of(
            users(),
            rowsOf("database_servers"),
            rowsOf("databases"),
            rowsOf("documents"),
            rowsOf("jobs"),
            rowsOf("api_keys"));

    /** @throws IllegalArgumentException when there is no work in such a table */
    static Portions of(String table) {
        return ALL.stream()
                .filter(portions -> portions.table.equals(table))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(table));
    }

    /** The key-share lock makes a user who is being deleted meanwhile wait, or be no part of it. */
    private static Portions users() {
        String left = "NOT EXISTS (SELECT FROM realms WHERE realms.user_id = users.id AND is_default)";
        return new Portions("users", left, """
                SELECT count(ensure_default_realm(id)) FROM (
                  SELECT id FROM users WHERE id >= ? AND id <= ? AND %s FOR KEY SHARE) AS portion
                """.formatted(left), "realms");
    }

    private static Portions rowsOf(String table) {
        return new Portions(table, "realm_id IS NULL", """
                UPDATE %1$s SET realm_id = realms.id FROM realms
                WHERE realms.user_id = %1$s.user_id AND realms.is_default
                  AND %1$s.id >= ? AND %1$s.id <= ? AND %1$s.realm_id IS NULL
                """.formatted(table), table + " (realm_id)");
    }

    /** The next rows that are left from a key on; empty when there are none. */
    Optional<KeyRange> next(Connection connection, UUID from, int size) throws SQLException {
        String sql =
                "SELECT id FROM (SELECT id FROM %1$s WHERE id >= ? AND %2$s ORDER BY id LIMIT ?) AS page ORDER BY id DESC LIMIT 1"
                        .formatted(table, left);
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setObject(1, from);
            query.setInt(2, size);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(new KeyRange(from, row.getObject(1, UUID.class))) : Optional.empty();
            }
        }
    }

    /** Does a portion; to be committed by the caller. @return the number of rows done */
    int work(Connection connection, KeyRange range) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(work)) {
            statement.setObject(1, range.from());
            statement.setObject(2, range.upTo());
            if (!statement.execute()) {
                return statement.getUpdateCount();
            }
            try (ResultSet count = statement.getResultSet()) {
                count.next();
                return count.getInt(1);
            }
        }
    }

    long countAll(Connection connection) throws SQLException {
        return count(connection, "true");
    }

    long countLeft(Connection connection) throws SQLException {
        return count(connection, left);
    }

    private long count(Connection connection, String condition) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table + " WHERE " + condition)) {
            row.next();
            return row.getLong(1);
        }
    }
}
