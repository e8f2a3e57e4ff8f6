package dev.realms.migration.move;

import dev.realms.ops.ContinueCheck;
import dev.realms.ops.Transactions;
import dev.realms.sql.Sql;
import dev.realms.sql.Untyped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A table whose rows lie where the row lies that they refer to, as long as both are in realms of the row's user. Triggers see to it;
 * this moves what came behind the triggers. A row in another user's realm is a fault, for the verification to find.
 *
 * @param column refers to {@code target}
 */
public record Placement(String table, String column, String target) {

    /** What is referred to comes first: a row that moves is followed by those that refer to it. */
    public static final List<Placement> ALL = List.of(
            new Placement("databases", "server_id", "database_servers"),
            new Placement("documents", "database_id", "databases"),
            new Placement("jobs", "document_id", "documents"));

    private static final int ROWS = 500;

    /** Without a second realm nothing can be in the wrong one of them, and no table has to be read. */
    public static boolean isNeeded(Connection connection) throws SQLException {
        return Sql.exists(connection, "realms WHERE NOT is_default");
    }

    /**
     * @param connection in auto-commit mode: a portion is a transaction
     * @return whether it came to its end
     */
    public boolean sweep(Connection connection, ContinueCheck check) throws SQLException {
        List<String> ids = misplaced(connection, null);
        while (!ids.isEmpty()) {
            if (!check.goesOn()) {
                return false;
            }
            List<String> portion = ids;
            Transactions.runPatiently(connection, transaction -> move(transaction, portion));
            ids = misplaced(connection, ids.get(ids.size() - 1));
        }
        return true;
    }

    private List<String> misplaced(Connection connection, String after) throws SQLException {
        KeyRange rest = KeyRange.behind(after, null);
        return Sql.texts(
                connection,
                "SELECT t.id FROM " + misplaced() + " AND " + rest.condition("t.id") + " ORDER BY t.id LIMIT " + ROWS,
                rest.parameters());
    }

    private int move(Connection connection, List<String> ids) throws SQLException {
        return Sql.update(
                connection,
                "UPDATE " + table + " SET realm_id = place.realm_id FROM (SELECT t.id, target.realm_id FROM "
                        + misplaced() + " AND t.id = ANY (?)) AS place WHERE " + table + ".id = place.id",
                Untyped.array(ids));
    }

    private String misplaced() {
        return """
                %1$s AS t JOIN %3$s AS target ON target.id = t.%2$s
                JOIN realms AS here ON here.id = t.realm_id JOIN realms AS there ON there.id = target.realm_id
                WHERE here.id <> there.id AND here.user_id = t.user_id AND there.user_id = t.user_id""".formatted(table, column, target);
    }
}
