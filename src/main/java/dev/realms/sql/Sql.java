package dev.realms.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One statement in one call: given its parameters, executed, read to its end and closed. A parameter may be null; an array of texts,
 * of numbers or of ids becomes one of PostgreSQL's. Whose transaction it is, and whether there is one, is for the caller to know.
 */
public final class Sql {

    /** Makes a value of the row that the result set stands on. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private Sql() {}

    /** @param statements one or more without parameters, whose answers nobody reads */
    public static void execute(Connection connection, String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    /** @return how many rows were changed */
    public static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        return with(connection, sql, parameters, PreparedStatement::executeUpdate);
    }

    /** Every row of the answer. */
    public static <T> List<T> list(Connection connection, RowReader<T> reader, String sql, Object... parameters)
            throws SQLException {
        return with(connection, sql, parameters, statement -> {
            try (ResultSet row = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (row.next()) {
                    all.add(reader.read(row));
                }
                return all;
            }
        });
    }

    /** The first row of the answer, if it has one. What is read from it must not be null. */
    public static <T> Optional<T> first(Connection connection, RowReader<T> reader, String sql, Object... parameters)
            throws SQLException {
        return with(connection, sql, parameters, statement -> {
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
            }
        });
    }

    /** The first column of every row. */
    public static List<String> texts(Connection connection, String sql, Object... parameters) throws SQLException {
        return list(connection, row -> row.getString(1), sql, parameters);
    }

    /** The number in the first column of the one row of the answer. */
    public static long number(Connection connection, String sql, Object... parameters) throws SQLException {
        return first(connection, row -> row.getLong(1), sql, parameters).orElseThrow();
    }

    /** @param from what follows {@code SELECT count(*) FROM} */
    public static long count(Connection connection, String from, Object... parameters) throws SQLException {
        return number(connection, "SELECT count(*) FROM " + from, parameters);
    }

    /** Whether a condition holds. @param condition what follows {@code SELECT} */
    public static boolean is(Connection connection, String condition, Object... parameters) throws SQLException {
        return first(connection, row -> row.getBoolean(1), "SELECT " + condition, parameters)
                .orElseThrow();
    }

    /** Whether there is such a row. @param from what follows {@code SELECT FROM} */
    public static boolean exists(Connection connection, String from, Object... parameters) throws SQLException {
        return is(connection, "EXISTS (SELECT FROM " + from + ")", parameters);
    }

    /** The type of a column, as a cast writes it. Ids, times and constants have those that the installation gave them. */
    public static String typeOf(Connection connection, String table, String column) throws SQLException {
        return first(
                        connection,
                        row -> row.getString(1),
                        "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = to_regclass(?) AND attname = ?",
                        table,
                        column)
                .orElseThrow(() -> new SQLException("There is no column " + table + "." + column));
    }

    /** A moment of the row, or null. What has no time zone is UTC; PostgreSQL's infinities are {@link Instant#MAX} and {@link Instant#MIN}. */
    public static Instant instant(ResultSet row, int column) throws SQLException {
        return instant(row.getObject(column, OffsetDateTime.class));
    }

    /** A moment of the row, or null. What has no time zone is UTC. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return instant(row.getObject(column, OffsetDateTime.class));
    }

    private static Instant instant(OffsetDateTime time) {
        if (time == null) {
            return null;
        }
        // As the driver reads the infinities.
        return time.equals(OffsetDateTime.MAX)
                ? Instant.MAX
                : time.equals(OffsetDateTime.MIN) ? Instant.MIN : time.toInstant();
    }

    private static <T> T with(Connection connection, String sql, Object[] parameters, Use<T> use) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return use.of(statement);
        }
    }

    /** Gives a statement its parameters. */
    public static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] instanceof Untyped value) {
                value.bind(statement, i + 1);
            } else {
                statement.setObject(i + 1, parameter(statement.getConnection(), parameters[i]));
            }
        }
    }

    private static Object parameter(Connection connection, Object value) throws SQLException {
        if (value instanceof String[] texts) {
            return connection.createArrayOf("text", texts);
        }
        if (value instanceof Long[] numbers) {
            return connection.createArrayOf("bigint", numbers);
        }
        return value instanceof UUID[] ids ? connection.createArrayOf("uuid", ids) : value;
    }
}
