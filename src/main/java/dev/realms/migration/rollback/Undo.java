package dev.realms.migration.rollback;

import dev.realms.ops.Transactions;
import dev.realms.sql.SqlStates;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes back what came of answers to the preflight's findings, by the ledger: an old value where the new one is still there, and rows
 * that were made where nothing refers to them. Once the contract is taken back, because it forbids what was there before. From its
 * beginning on the rollback can't be called off: rows refer to other users' again, and nobody notes how they did not.
 */
final class Undo {

    private static final int ROWS = 500;

    /** The last change of a value comes first. */
    private static final String PORTION = """
            WITH portion AS (
              DELETE FROM migration.ledger WHERE id = ANY (ARRAY(
                SELECT l.id FROM migration.ledger AS l WHERE l.table_name = '%1$s' AND l.column_name IS NOT DISTINCT FROM %2$s
                  AND NOT EXISTS (SELECT FROM migration.ledger AS later WHERE later.table_name = l.table_name
                    AND later.row_id = l.row_id AND later.column_name IS NOT DISTINCT FROM l.column_name AND later.id > l.id)
                LIMIT %3$d))
              RETURNING row_id, old_value, new_value)
            """;

    /** What was referred to may be gone, and so may the name be free no longer. */
    private static final String REFERENCE = """
            UPDATE %1$s AS t SET %2$s = p.old_value::uuid FROM portion AS p
            WHERE t.id = p.row_id AND t.%2$s IS NOT DISTINCT FROM p.new_value::uuid
              AND (p.old_value IS NULL OR EXISTS (SELECT FROM %3$s AS referred WHERE referred.id = p.old_value::uuid))
            """;

    private static final String NAME_IS_FREE =
            " AND NOT EXISTS (SELECT FROM databases AS other WHERE other.user_id = %s AND other.name = %s AND other.id <> t.id)";

    private static final String NAME = """
            UPDATE %1$s AS t SET name = left(t.name, -length(p.new_value)) FROM portion AS p
            WHERE t.id = p.row_id AND right(t.name, length(p.new_value)) = p.new_value AND length(t.name) > length(p.new_value)
            """;

    private static final String MADE =
            "DELETE FROM %1$s AS t USING portion AS p WHERE t.id = p.row_id AND NOT EXISTS (SELECT FROM %2$s AS child WHERE child.%3$s = t.id)";

    private final Connection connection;

    private record Column(String table, String name) {}

    Undo(Connection connection) {
        this.connection = connection;
    }

    long count() throws SQLException {
        return Questions.is(connection, "to_regclass('migration.ledger') IS NOT NULL")
                ? Questions.count(connection, "migration.ledger")
                : 0;
    }

    /** Whether this has begun, so that there is no calling off. */
    static boolean isBegun(Connection connection) throws SQLException {
        return Questions.is(connection, "EXISTS (SELECT FROM migration.going_back WHERE undoing)");
    }

    /** @return how many rows were changed back or removed */
    long run(Watch watch) throws SQLException {
        if (count() == 0) {
            return 0;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("UPDATE migration.going_back SET undoing = true");
        }
        long rows = 0;
        List<Column> columns = columns();
        for (Column column : columns) {
            if (column.name() != null && !column.name().equals("name")) {
                rows += all(column, reference(column), watch);
            }
        }
        for (Column column : columns) {
            if ("name".equals(column.name())) {
                String free = column.table().equals("databases")
                        ? NAME_IS_FREE.formatted("t.user_id", "left(t.name, -length(p.new_value))")
                        : "";
                rows += all(column, NAME.formatted(column.table()) + free, watch);
            }
        }
        for (Column column : columns) {
            if (column.name() == null) {
                rows += all(column, made(column.table()), watch);
            }
        }
        return rows;
    }

    private static String reference(Column column) {
        String free = column.table().equals("databases") && column.name().equals("user_id")
                ? NAME_IS_FREE.formatted("p.old_value::uuid", "t.name")
                : "";
        return REFERENCE.formatted(column.table(), column.name(), referred(column.name())) + free;
    }

    private static String referred(String column) {
        return switch (column) {
            case "user_id" -> "users";
            case "server_id" -> "database_servers";
            case "database_id" -> "databases";
            case "document_id" -> "documents";
            default -> throw new CannotRollBack("The ledger has a column " + column + " that nobody knows to undo.");
        };
    }

    private static String made(String table) {
        return switch (table) {
            case "database_servers" -> MADE.formatted(table, "databases", "server_id");
            case "databases" -> MADE.formatted(table, "documents", "database_id");
            case "documents" -> MADE.formatted(table, "jobs", "document_id");
            default -> throw new CannotRollBack("The ledger has a row of " + table + " that nobody knows to undo.");
        };
    }

    private long all(Column column, String undo, Watch watch) throws SQLException {
        String name = column.name() == null ? "NULL" : "'" + column.name() + "'";
        String sql = PORTION.formatted(column.table(), name, ROWS) + undo;
        long rows = 0;
        while (isLeft(column)) {
            rows += Transactions.runPatiently(connection, SqlStates::isContentionOrDuplicate, transaction -> {
                try (Statement statement = transaction.createStatement()) {
                    return statement.executeUpdate(sql);
                }
            });
            watch.done(ROWS);
        }
        return rows;
    }

    private boolean isLeft(Column column) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT FROM migration.ledger WHERE table_name = ? AND column_name IS NOT DISTINCT FROM ? LIMIT 1")) {
            query.setString(1, column.table());
            query.setString(2, column.name());
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private List<Column> columns() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT DISTINCT table_name, column_name FROM migration.ledger ORDER BY table_name, column_name")) {
            List<Column> columns = new ArrayList<>();
            while (row.next()) {
                columns.add(new Column(row.getString(1), row.getString(2)));
            }
            return columns;
        }
    }
}
