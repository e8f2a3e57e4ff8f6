package dev.realms.migration.rollback;

import dev.realms.migration.schema.RollbackSchema;
import dev.realms.security.secret.SecretBox;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Takes back what a rollback has done to the rows before it dropped anything or undid an answer: keys and credentials are again
 * what they were, where nobody has changed them since. Can be run again after it ended early. What the archive holds else is of no harm, and stays.
 */
public final class RollbackCancellation {

    private RollbackCancellation() {}

    /**
     * @param connection of the schema owner, in auto-commit mode; whoever holds it has the right to do this
     * @throws Rollback.CannotRollBack when something has been dropped, or an answer to the preflight undone, already
     */
    public static void bringDataBack(Connection connection, SecretBox box) throws SQLException {
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
        new SealedCredentials(connection, box).takeBack(nobody);
    }

    /** In the transaction that moves the state. */
    public static void openRealms(Connection connection) throws SQLException {
        RealmFence.open(connection);
    }
}
