package dev.realms.migration.rollback;

import dev.realms.realm.isolation.RealmTables;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Takes back what came of answers to the preflight's findings, by the ledger: an old value where the new one is still there, and rows
 * that were made where nothing refers to them. Once the contract is taken back, because it forbids what was there before. From its
 * beginning on the rollback can't be called off: rows refer to other users' again, and nobody notes how they did not.
 */
final class AnswerUndo {

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
            UPDATE %1$s AS t SET %2$s = p.old_value::%4$s FROM portion AS p
            WHERE t.id = p.row_id AND t.%2$s IS NOT DISTINCT FROM p.new_value::%4$s
              AND (p.old_value IS NULL OR EXISTS (SELECT FROM %3$s AS referred WHERE referred.id = p.old_value::%4$s))
            """;

    /** Of a database, unique among its user's. */
    private static final String NAME_COLUMN = "pre_realm_name";

    private static final String NAME_IS_FREE =
            " AND NOT EXISTS (SELECT FROM databases AS other WHERE other.user_id = %s AND other.pre_realm_name = %s AND other.id <> t.id)";

    private static final String NAME = """
            UPDATE %1$s AS t SET pre_realm_name = left(t.pre_realm_name, -length(p.new_value)) FROM portion AS p
            WHERE t.id = p.row_id AND right(t.pre_realm_name, length(p.new_value)) = p.new_value AND length(t.pre_realm_name) > length(p.new_value)
            """;

    private static final String MADE =
            "DELETE FROM %1$s AS t USING portion AS p WHERE t.id = p.row_id AND NOT EXISTS (SELECT FROM %2$s AS child WHERE child.%3$s = t.id)";

    private final Connection connection;
    private final RollbackListener listener;
    private final String idType;
    private long rows;

    private record Column(String table, String name) {}

    private AnswerUndo(Connection connection, RollbackListener listener) throws SQLException {
        idType = Sql.typeOf(connection, "users", "id");
        this.connection = connection;
        this.listener = listener;
    }

    /** How many changes the ledger holds. */
    static long due(Connection connection) throws SQLException {
        return Sql.is(connection, "to_regclass('migration.ledger') IS NOT NULL")
                ? Sql.count(connection, "migration.ledger")
                : 0;
    }

    /** Whether this has begun, so that there is no calling off. */
    static boolean isBegun(Connection connection) throws SQLException {
        return Sql.exists(connection, "migration.going_back WHERE undoing");
    }

    /** @return how many rows were changed back or removed */
    static long run(Connection connection, RollbackListener listener) throws SQLException {
        return due(connection) == 0 ? 0 : new AnswerUndo(connection, listener).run();
    }

    private long run() throws SQLException {
        Sql.execute(connection, "UPDATE migration.going_back SET undoing = true");
        List<Column> columns = Sql.list(
                connection,
                row -> new Column(row.getString(1), row.getString(2)),
                "SELECT DISTINCT table_name, column_name FROM migration.ledger ORDER BY table_name, column_name");
        for (Column column : columns) {
            if (column.name() != null && !column.name().equals(NAME_COLUMN)) {
                undo(column, reference(column));
            }
        }
        for (Column column : columns) {
            if (NAME_COLUMN.equals(column.name())) {
                String free = column.table().equals("databases")
                        ? NAME_IS_FREE.formatted("t.user_id", "left(t.pre_realm_name, -length(p.new_value))")
                        : "";
                undo(column, NAME.formatted(column.table()) + free);
            }
        }
        for (Column column : columns) {
            if (column.name() == null) {
                undo(column, made(column.table()));
            }
        }
        return rows;
    }

    private String reference(Column column) {
        boolean owner = column.name().equals("user_id");
        String referred = owner
                ? "users"
                : reference(key -> key.column().equals(column.name()), "column " + column.name())
                        .target();
        String free = owner && column.table().equals("databases")
                ? NAME_IS_FREE.formatted("p.old_value::" + idType, "t.pre_realm_name")
                : "";
        return REFERENCE.formatted(column.table(), column.name(), referred, idType) + free;
    }

    private static String made(String table) {
        RealmTables.Reference child = reference(key -> key.target().equals(table), "row of " + table);
        return MADE.formatted(table, child.table(), child.column());
    }

    private static RealmTables.Reference reference(Predicate<RealmTables.Reference> wanted, String what) {
        return RealmTables.REFERENCES.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(
                        () -> new Rollback.CannotRollBack("The ledger has a " + what + " that nobody knows to undo."));
    }

    private void undo(Column column, String undo) throws SQLException {
        String name = column.name() == null ? "NULL" : "'" + column.name() + "'";
        String sql = PORTION.formatted(column.table(), name, ROWS) + undo;
        while (Sql.exists(
                connection,
                "migration.ledger WHERE table_name = ? AND column_name IS NOT DISTINCT FROM ?",
                column.table(),
                column.name())) {
            rows += Rollback.inTransaction(connection, transaction -> Sql.update(transaction, sql));
            listener.done(ROWS);
        }
    }
}
