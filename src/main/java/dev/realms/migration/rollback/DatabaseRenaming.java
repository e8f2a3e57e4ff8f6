package dev.realms.migration.rollback;

import dev.realms.sql.FoundRows;
import dev.realms.sql.Sql;
import dev.realms.sql.Untyped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Makes names of databases unique per user again. Of those that clash the one in the default realm, else the oldest, keeps its name;
 * the others' gets the name of their realm behind it in parentheses, and from the second try on a number: {@code papers (Work 2)}.
 */
final class DatabaseRenaming {

    private static final int PAGE = 500;

    private static final String CLASHING = """
            (SELECT d.id, d.user_id, d.name, r.name AS realm,
                    row_number() OVER (PARTITION BY d.user_id, d.name ORDER BY coalesce(r.is_default, true) DESC, d.created_at, d.id) AS place
             FROM databases AS d LEFT JOIN realms AS r ON r.id = d.realm_id) AS clashing
            WHERE place > 1
            """;

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

    private record Clashing(String id, String userId, String name, String realm) {}

    DatabaseRenaming(Connection connection) {
        this.connection = connection;
    }

    /** Those that are still to be renamed. */
    FoundRows due() throws SQLException {
        return FoundRows.of(connection, "SELECT id FROM " + CLASHING, Rollback.NAMED_ROWS);
    }

    void run(RollbackListener listener) throws SQLException {
        for (List<Clashing> page = next(); !page.isEmpty(); page = next()) {
            for (Clashing database : page) {
                rename(database);
                listener.done(1);
            }
        }
    }

    private void rename(Clashing database) throws SQLException {
        for (int n = 1; ; n++) {
            String name = "%s (%s%s)".formatted(database.name(), database.realm(), n == 1 ? "" : " " + n);
            if (Rollback.inTransaction(connection, transaction -> rename(database, name)) || !isStillThere(database)) {
                return;
            }
        }
    }

    private boolean rename(Clashing database, String name) throws SQLException {
        String old = database.name();
        return Sql.update(
                        connection,
                        RENAME,
                        name,
                        new Untyped(database.id()),
                        new Untyped(database.userId()),
                        old,
                        name,
                        old)
                == 1;
    }

    /** The pre-realm application may have renamed or deleted it meanwhile. */
    private boolean isStillThere(Clashing database) throws SQLException {
        return Sql.exists(
                connection,
                "databases WHERE id = ? AND user_id = ? AND name = ?",
                new Untyped(database.id()),
                new Untyped(database.userId()),
                database.name());
    }

    private List<Clashing> next() throws SQLException {
        return Sql.list(
                connection,
                row -> new Clashing(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                "SELECT id, user_id, name, realm FROM " + CLASHING + " ORDER BY user_id, name, place LIMIT " + PAGE);
    }
}
