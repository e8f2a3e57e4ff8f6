package dev.realms.bench.migration;

import dev.realms.migration.control.PlainMigration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Ways to give every row its realm. */
final class Ways {

    /** Users first. */
    static final List<String> TABLES = List.of("database_servers", "databases", "documents", "jobs", "api_keys");

    private static final String DEFAULT_REALM = "INSERT INTO realms (name, user_id, is_default) ";

    private Ways() {}

    @FunctionalInterface
    interface Way {
        /** @return the rows that it has moved, users among them */
        long run(DataSource database) throws Exception;
    }

    /** As code does that loads a user and saves what is theirs. Ends early: at a tenth of the speed nobody wants to wait. */
    static long userByUser(DataSource database, Duration time) throws SQLException {
        long end = System.nanoTime() + time.toNanos();
        long rows = 0;
        try (Connection connection = session(database)) {
            for (UUID user : users(connection)) {
                if (System.nanoTime() > end) {
                    break;
                }
                connection.setAutoCommit(false);
                rows += update(connection, DEFAULT_REALM + "VALUES ('Default', ?, true)", user);
                for (String table : TABLES) {
                    rows += update(
                            connection,
                            "UPDATE %s SET realm_id = (SELECT id FROM realms r WHERE r.user_id = ? AND is_default) WHERE user_id = ?"
                                    .formatted(table),
                            user,
                            user);
                }
                connection.commit();
            }
        }
        return rows;
    }

    /** As somebody writes it in a quarter of an hour: a loop over the key, and nothing else. */
    static long bareLoop(DataSource database, int size) throws SQLException {
        long rows = 0;
        try (Connection connection = session(database)) {
            rows += loop(
                    connection,
                    "users",
                    size,
                    DEFAULT_REALM + "SELECT 'Default', id, true FROM users WHERE id > ? AND id <= ?");
            for (String table : TABLES) {
                rows += loop(connection, table, size, """
                        UPDATE %1$s SET realm_id = r.id FROM realms r
                        WHERE r.user_id = %1$s.user_id AND r.is_default AND %1$s.id > ? AND %1$s.id <= ?""".formatted(table));
            }
        }
        return rows;
    }

    /** The migration's own steps, as the batch job runs them. @param parallelism the limit of this name */
    static long ours(DataSource database, int parallelism) throws SQLException {
        Copies.ask(
                database,
                "WITH set AS (INSERT INTO migration.limits (name, value) VALUES ('parallelism', " + parallelism
                        + ") RETURNING value) SELECT value FROM set");
        new PlainMigration(database).move();
        return Copies.ask(database, "SELECT sum(done) FROM migration.progress");
    }

    private static long loop(Connection connection, String table, int size, String work) throws SQLException {
        long rows = 0;
        UUID from = new UUID(0, 0);
        while (true) {
            connection.setAutoCommit(false);
            UUID upTo = null;
            try (PreparedStatement next = connection.prepareStatement(
                    "SELECT id FROM (SELECT id FROM %s WHERE id > ? ORDER BY id LIMIT ?) AS p ORDER BY id DESC LIMIT 1"
                            .formatted(table))) {
                next.setObject(1, from);
                next.setInt(2, size);
                try (ResultSet row = next.executeQuery()) {
                    upTo = row.next() ? row.getObject(1, UUID.class) : null;
                }
            }
            if (upTo != null) {
                rows += update(connection, work, from, upTo);
            }
            connection.commit();
            if (upTo == null) {
                return rows;
            }
            from = upTo;
        }
    }

    private static long update(Connection connection, String sql, UUID... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }

    private static List<UUID> users(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id FROM users ORDER BY id")) {
            List<UUID> users = new ArrayList<>();
            while (row.next()) {
                users.add(row.getObject(1, UUID.class));
            }
            return users;
        }
    }

    /** What the triggers write down for the application is left out in every way alike. */
    private static Connection session(DataSource database) throws SQLException {
        Connection connection = database.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET realms.migration = 'on'");
        }
        return connection;
    }
}
