package dev.realms.migration.rollback;

import dev.realms.migration.schema.RollbackSchema;
import dev.realms.security.secret.SecretBox;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Takes back what a rollback has done to the rows before it dropped anything or undid an answer: keys, names and credentials are again
 * what they were, where nobody has changed them since. Can be run again after it ended early. What the archive holds else is of no harm, and stays.
 */
public final class RollbackCancellation {

    private static final String NAMES = """
            WITH back AS (
              UPDATE databases AS t SET name = n.old_name FROM realms_archive.names AS n
              WHERE %s AND t.id = n.id AND t.name = n.new_name
                AND NOT EXISTS (SELECT FROM databases AS other WHERE other.realm_id = t.realm_id AND other.name = n.old_name)
              RETURNING t.id)
            DELETE FROM realms_archive.names AS n USING back WHERE n.id = back.id
            """;

    private RollbackCancellation() {}

    /**
     * @param connection of the schema owner, in auto-commit mode; whoever holds it has the right to do this
     * @param contracted whether names of databases are unique in a realm
     * @throws Rollback.CannotRollBack when something has been dropped, or an answer to the preflight undone, already
     */
    public static void bringDataBack(Connection connection, SecretBox box, boolean contracted) throws SQLException {
        if (RollbackSchema.isBegun(connection) || AnswerUndo.isBegun(connection)) {
            throw new Rollback.CannotRollBack(
                    "The schema has begun to go back: ask for the rollback again, which goes on where it ended.");
        }
        if (!Sql.is(connection, "to_regclass('realms_archive.credentials') IS NOT NULL")) {
            return;
        }
        RollbackListener nobody = more -> {};
        BlockSweep sweep = new BlockSweep(connection, nobody);
        sweep.update("api_keys", Restore.KEYS::formatted);
        if (contracted) {
            sweep.update("databases", NAMES::formatted);
        }
        new SealedCredentials(connection, box).takeBack(nobody);
    }

    /** In the transaction that moves the state. */
    public static void openRealms(Connection connection) throws SQLException {
        RealmFence.open(connection);
    }
}
