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
import java.util.UUID;

/**
 * Makes names of databases unique per user again. Of those that clash the one in the default realm, else the oldest, keeps its name;
 * the others' gets the name of their realm behind it in parentheses, and from the second try on a number: {@code papers (Work 2)}.
 */
final class Names {

    private static final int PAGE = 500;

    private static final String RENAME = """
            WITH renamed AS (
              UPDATE databases SET name = ? WHERE id = ? AND user_id = ? AND name = ?
                AND NOT EXISTS (SELECT FROM databases AS other WHERE other.user_id = databases.user_id AND other.name = ?)
              RETURNING id, name)
            INSERT INTO realms_archive.names AS n (id, old_name, new_name) SELECT id, ?, name FROM renamed
            ON CONFLICT (id) DO UPDATE SET new_name = excluded.new_name,
              old_name = CASE WHEN n.new_name = excluded.old_name THEN n.old_name ELSE excluded.old_name END
            """;

    private final Connection connection;

    private record Clashing(UUID id, UUID userId, String name, String realm) {}

    Names(Connection connection) {
        this.connection = connection;
    }

    void makeUnique(Watch watch) throws SQLException {
        for (List<Clashing> page = next(); !page.isEmpty(); page = next()) {
            for (Clashing database : page) {
                rename(database);
                watch.done(1);
            }
        }
    }

    private void rename(Clashing database) throws SQLException {
        for (int n = 1; ; n++) {
            String name = "%s (%s%s)".formatted(database.name(), database.realm(), n == 1 ? "" : " " + n);
            if (Transactions.runPatiently(
                            connection, SqlStates::isContentionOrDuplicate, transaction -> rename(database, name))
                    || !isStillThere(database)) {
                return;
            }
        }
    }

    private boolean rename(Clashing database, String name) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(RENAME)) {
            update.setString(1, name);
            update.setObject(2, database.id());
            update.setObject(3, database.userId());
            update.setString(4, database.name());
            update.setString(5, name);
            update.setString(6, database.name());
            return update.executeUpdate() == 1;
        }
    }

    /** The application from before realms may have renamed or deleted it meanwhile. */
    private boolean isStillThere(Clashing database) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT FROM databases WHERE id = ? AND user_id = ? AND name = ?")) {
            query.setObject(1, database.id());
            query.setObject(2, database.userId());
            query.setString(3, database.name());
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private List<Clashing> next() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, user_id, name, realm FROM " + Questions.CLASHING
                        + " ORDER BY user_id, name, place LIMIT " + PAGE)) {
            List<Clashing> page = new ArrayList<>();
            while (row.next()) {
                page.add(new Clashing(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getString(3),
                        row.getString(4)));
            }
            return page;
        }
    }
}
