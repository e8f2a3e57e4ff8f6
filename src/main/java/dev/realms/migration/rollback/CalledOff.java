package dev.realms.migration.rollback;

import dev.realms.migration.schema.RollbackSchema;
import dev.realms.security.secret.SecretBox;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Takes back what a rollback has done to the rows before it dropped anything or undid an answer: keys, names and credentials are again
 * what they were, where nobody has changed them since. Can be run again after it ended early. What the archive holds else is of no harm, and stays.
 */
public final class CalledOff {

    private static final String NAMES = """
            WITH back AS (
              UPDATE databases AS t SET name = n.old_name FROM realms_archive.names AS n
              WHERE %s AND t.id = n.id AND t.name = n.new_name
                AND NOT EXISTS (SELECT FROM databases AS other WHERE other.realm_id = t.realm_id AND other.name = n.old_name)
              RETURNING t.id)
            DELETE FROM realms_archive.names AS n USING back WHERE n.id = back.id
            """;

    private CalledOff() {}

    /**
     * @param connection of the schema owner, in auto-commit mode; whoever holds it has the right to do this
     * @param contracted whether names of databases are unique in a realm
     * @throws CannotRollBack when something has been dropped, or an answer to the preflight undone, already
     */
    public static void bringDataBack(Connection connection, SecretBox box, boolean contracted) throws SQLException {
        if (RollbackSchema.isBegun(connection) || Undo.isBegun(connection)) {
            throw new CannotRollBack(
                    "The schema has begun to go back: ask for the rollback again, which goes on where it ended.");
        }
        if (!Questions.is(connection, "to_regclass('realms_archive.credentials') IS NOT NULL")) {
            return;
        }
        Watch watch = more -> {};
        Blocks.sweep(connection, "api_keys", watch, range -> update(connection, Restore.KEYS.formatted(range)));
        if (contracted) {
            Blocks.sweep(connection, "databases", watch, range -> update(connection, NAMES.formatted(range)));
        }
        new Credentials(connection, box).takeBack(watch);
    }

    /** In the transaction that moves the state. */
    public static void open(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(Closing.OPEN);
        }
    }

    private static long update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
