package dev.realms.migration.move;

import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A table's work in portions by primary key. What is left to do is read from the data itself, so a first run, a later one and
 * one after a crash end alike.
 *
 * @param table the table whose rows are gone through
 * @param left what is true of a row that has still to be done
 * @param work does a portion, with a place for the condition that says which rows
 * @param changed the table and column that the work writes
 */
public record Portions(String table, String left, String work, String changed) {

    /** Users first: the other tables' rows go where their owner's default realm is. */
    public static final List<Portions> ALL = List.of(
            users(),
            rowsOf("database_servers"),
            rowsOf("databases"),
            rowsOf("documents"),
            rowsOf("jobs"),
            rowsOf("api_keys"));

    /** @throws IllegalArgumentException when there is no work in such a table */
    public static Portions of(String table) {
        return ALL.stream()
                .filter(portions -> portions.table.equals(table))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(table));
    }

    /**
     * All at once, but for those who have used the name for another realm. The key-share lock makes a user who is being deleted
     * meanwhile wait, or be no part of it.
     */
    private static Portions users() {
        return new Portions(
                "users",
                "NOT EXISTS (SELECT FROM realms WHERE realms.user_id = users.id AND is_default)",
                """
                WITH portion AS MATERIALIZED (SELECT id FROM users WHERE %s FOR KEY SHARE),
                  made AS (
                    INSERT INTO realms (id, name, user_id, is_default) SELECT first_realm_id(id), 'Default', id, true FROM portion
                    ON CONFLICT DO NOTHING RETURNING user_id)
                SELECT (SELECT count(*) FROM made) + count(ensure_default_realm(id)) FROM portion
                WHERE id NOT IN (SELECT user_id FROM made)
                """,
                "realms");
    }

    private static Portions rowsOf(String table) {
        return new Portions(
                table, table + ".realm_id IS NULL", """
                UPDATE %1$s SET realm_id = realms.id%2$s FROM realms
                WHERE realms.user_id = %1$s.user_id AND realms.is_default AND %%s
                """.formatted(table, nameKeyOf(table)), table + " (realm_id)");
    }

    /**
     * The second assignment to a row that gets its realm, for UPDATE. A trigger does it where it is not done, in twice the time; it alone
     * knows the new name of a database.
     */
    public static String nameKeyOf(String table) {
        String name = table.equals("jobs") ? "document_name" : "name";
        return table.equals("databases") ? "" : ", name_key = name_key(%s.%s)".formatted(table, name);
    }

    /** Whether the work makes new versions of the rows that it goes through. */
    boolean rewrites() {
        return changed.startsWith(table);
    }

    /** The same without the rows that an operator has chosen to skip. */
    Portions without(List<KeyRange> skipped) {
        StringBuilder rest = new StringBuilder(left);
        skipped.forEach(range -> rest.append(
                " AND NOT %s.id BETWEEN %s AND %s".formatted(table, literal(range.from()), literal(range.upTo()))));
        return new Portions(table, rest.toString(), work, changed);
    }

    private static String literal(String id) {
        return "'" + id.replace("'", "''") + "'";
    }

    /** The next rows that are left behind a key, which is null at first; empty when there are none. */
    Optional<KeyRange> next(Connection connection, String key, int size) throws SQLException {
        KeyRange rest = KeyRange.behind(key, null);
        String sql =
                "SELECT id FROM (SELECT id FROM %1$s WHERE %2$s AND %3$s ORDER BY id LIMIT %4$d) AS page ORDER BY id DESC LIMIT 1"
                        .formatted(table, rest.condition(table + ".id"), left, size);
        return Sql.first(connection, row -> KeyRange.behind(key, row.getString(1)), sql, rest.parameters());
    }

    /** Does a portion; to be committed by the caller. @return the number of rows done */
    int work(Connection connection, KeyRange range) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(work.formatted(condition(range)))) {
            Sql.bind(statement, range.parameters());
            if (!statement.execute()) {
                return statement.getUpdateCount();
            }
            try (ResultSet count = statement.getResultSet()) {
                count.next();
                return count.getInt(1);
            }
        }
    }

    /**
     * The rows of a portion that are left.
     *
     * @param middle the last key of the first half
     */
    record Left(int rows, String first, String middle, String last) {}

    /** Empty when there are none. */
    Optional<Left> left(Connection connection, KeyRange range) throws SQLException {
        String sql = "SELECT n, ids[1], ids[(n + 1) / 2], ids[n] FROM"
                + " (SELECT count(*)::integer AS n, array_agg(id ORDER BY id) AS ids FROM %s WHERE %s) AS rest WHERE n > 0";
        return Sql.first(
                connection,
                row -> new Left(row.getInt(1), row.getString(2), row.getString(3), row.getString(4)),
                sql.formatted(table, condition(range)),
                range.parameters());
    }

    private String condition(KeyRange range) {
        return range.condition(table + ".id") + " AND " + left;
    }

    long countAll(Connection connection) throws SQLException {
        return Sql.count(connection, table);
    }

    long countLeft(Connection connection) throws SQLException {
        return Sql.count(connection, table + " WHERE " + left);
    }
}
