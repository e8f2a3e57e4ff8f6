package dev.realms.migration.rollback;

import dev.realms.migration.catalogue.TriggerSuspension;
import dev.realms.migration.check.Differences;
import dev.realms.migration.rollback.RollbackListener.Phase;
import dev.realms.migration.rollback.RollbackListener.RollbackStopped;
import dev.realms.migration.schema.OldViews;
import dev.realms.migration.schema.RollbackSchema;
import dev.realms.migration.schema.SchemaException;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.Transactions;
import dev.realms.security.secret.SecretBox;
import dev.realms.sql.FoundRows;
import dev.realms.sql.Sql;
import dev.realms.sql.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * Takes a database back to the pre-realm schema, with every row. Plain JDBC. Every step finds in the data what is left of it,
 * so that a rollback which ended early, at whatever point, is gone on with by running it again.
 */
public final class Rollback {

    /** After this long every node has read the state. */
    public static final Duration GRACE = Duration.ofSeconds(3);

    /** How often what the pre-realm application may have got in the way of is tried for. */
    private static final int TRIES = 5;

    /** How many rows a report names. */
    static final int NAMED_ROWS = 1000;

    private final DataSource owner;
    private final String appUser;
    private final SecretBox box;
    private final Duration grace;

    /** The rollback can't go on. The message is one sentence for the operator. */
    public static final class CannotRollBack extends RuntimeException {

        private static final long serialVersionUID = 1;

        CannotRollBack(String sentence) {
            super(sentence);
        }
    }

    /**
     * What a rollback has done: ids and counts. Names and keys as they were are in the schema {@code realms_archive}.
     *
     * @param realms how many wait in the archive
     * @param rowsOutsideDefaultRealms how many rows the archive knows the realm of
     * @param renamedDatabases those that the pre-realm application knows by another name, since theirs is another database's, too
     * @param revokedKeys those the pre-realm application can't use any more
     * @param undoneAnswers how many rows are as they were before answers to the preflight; of this run, if there were several
     * @param unreadableCredentials servers with a credential that no key opens; it stays sealed
     */
    public record RollbackReport(
            long realms,
            long rowsOutsideDefaultRealms,
            FoundRows renamedDatabases,
            FoundRows revokedKeys,
            FoundRows unreadableCredentials,
            long undoneAnswers) {}

    /**
     * @param owner connections of the schema owner, which commit by themselves
     * @param appUser the runtime role
     * @param grace how long to wait until nobody is served any more
     */
    public Rollback(DataSource owner, String appUser, SecretBox box, Duration grace) {
        this.owner = owner;
        this.appUser = appUser;
        this.box = box;
        this.grace = grace;
    }

    /**
     * Everything but the last word: that the database has been rolled back is for the caller to write down, together with {@link
     * #finish}.
     *
     * @param connection of the schema owner, in auto-commit mode; whoever holds it has the right to do this
     * @param stopped asked by what runs on other connections
     * @throws CannotRollBack when something gets in the way; nothing is lost then
     * @throws RollbackStopped when the listener says so
     */
    public RollbackReport run(Connection connection, RollbackListener listener, BooleanSupplier stopped)
            throws SQLException {
        RollbackSchema schema = new RollbackSchema(owner, appUser);
        schema.requireKnownScripts();
        // What is changed in the rows counts as a change by the application: the verification knows it.
        Sql.execute(connection, "SET realms.migration = ''");
        FoundRows unreadable = FoundRows.NONE;
        if (hasRealms(connection)) {
            SealedCredentials.Examined credentials = new SealedCredentials(connection, box).examine();
            refuse(credentials.missingKey());
            unreadable = credentials.unreadable();
            listener.begin(Phase.CLOSE, 0);
            RealmFence.close(connection, appUser, grace, listener);
            listener.end();
            bringDataBack(connection, credentials.sealed(), listener);
        }
        long undone = bringSchemaBack(connection, schema, listener, stopped);
        return new RollbackReport(
                Sql.count(connection, "realms_archive.realms"),
                Sql.count(connection, "realms_archive.memberships"),
                FoundRows.of(connection, "SELECT id FROM realms_archive.names", NAMED_ROWS),
                FoundRows.of(connection, "SELECT id FROM realms_archive.keys", NAMED_ROWS),
                unreadable,
                undone);
    }

    /**
     * What would keep a rollback from its end, as far as it can be known before anything is closed or changed, in one sentence.
     *
     * @param connection of the schema owner, in auto-commit mode
     */
    public static Optional<String> obstacle(Connection connection, SecretBox box) throws SQLException {
        if (!hasRealms(connection)) {
            return Optional.empty();
        }
        Optional<String> key = new SealedCredentials(connection, box).examine().missingKey();
        if (key.isPresent()) {
            return key;
        }
        Optional<String> views = OldViews.obstacle(connection);
        return views.isPresent() ? views : Differences.sentence(Differences.of(connection));
    }

    /** Whether there are realms, so that a preview can tell of them. */
    public static boolean hasRealms(Connection connection) throws SQLException {
        return !RollbackSchema.isBegun(connection) && !isWithoutRealms(connection);
    }

    /** After an earlier rollback the expansion has not come far enough to bring anything back: all is in the archive. */
    private static boolean isWithoutRealms(Connection connection) throws SQLException {
        return Sql.is(
                connection,
                "EXISTS (SELECT FROM migration.going_back WHERE realms_gone) AND NOT EXISTS (SELECT FROM pg_attribute"
                        + " WHERE attrelid = to_regclass('realms.user_settings') AND attname = 'current_realm_id' AND NOT attisdropped)");
    }

    /** One transaction, tried again when somebody else was in the way, or took a unique value at the same moment. */
    static <T> T inTransaction(Connection connection, OwnerDatabase.Work<T> work) throws SQLException {
        return Transactions.runPatiently(connection, SqlStates::isContentionOrDuplicate, work);
    }

    private static void refuse(Optional<String> obstacle) {
        obstacle.ifPresent(sentence -> {
            throw new CannotRollBack(sentence);
        });
    }

    private void bringDataBack(Connection connection, long sealed, RollbackListener listener) throws SQLException {
        Archive archive = new Archive(connection);
        archive.create();
        long outside = archive.rowsOutsideDefaultRealms().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        listener.begin(Phase.ARCHIVE, Sql.count(connection, "realms") + outside);
        archive.fill(listener);
        listener.end();
        listener.begin(Phase.CREDENTIALS, sealed);
        new SealedCredentials(connection, box).giveBack(listener);
        listener.end();
        listener.begin(Phase.NAMES, archive.renamed().count());
        archive.fillNames(listener);
        listener.end();
        listener.begin(Phase.KEYS, ApiKeyRevocation.due(connection).count());
        ApiKeyRevocation.run(new BlockSweep(connection, listener));
        listener.end();
        listener.begin(Phase.VERIFY, 0);
        verify(connection, archive, listener);
        listener.end();
    }

    /** Nothing may be dropped that has not been kept elsewhere. */
    private static void verify(Connection connection, Archive archive, RollbackListener listener) throws SQLException {
        refuse(Differences.sentence(Differences.of(connection)));
        for (int attempt = 1; archive.lacksRows(); attempt++) {
            if (attempt == TRIES) {
                throw new CannotRollBack("Rows come to other realms all the while: ask for the rollback again.");
            }
            archive.fill(listener);
        }
    }

    /** @return how many rows are as they were before answers to the preflight */
    private static long bringSchemaBack(
            Connection connection, RollbackSchema schema, RollbackListener listener, BooleanSupplier stopped)
            throws SQLException {
        try {
            listener.begin(Phase.CONTRACT, 0);
            schema.takeContractBack(connection, stopped);
            listener.end();
            listener.begin(Phase.ANSWERS, AnswerUndo.due(connection));
            long undone = AnswerUndo.run(connection, listener);
            TriggerSuspension.resume(connection);
            listener.end();
            listener.begin(Phase.SCHEMA, 0);
            schema.takeExpansionBack(connection, stopped);
            listener.end();
            return undone;
        } catch (SchemaException fault) {
            if (stopped.getAsBoolean()) {
                throw new RollbackStopped();
            }
            throw fault;
        }
    }

    /** In the transaction that writes down that the database has been rolled back. */
    public static void finish(Connection connection) throws SQLException {
        RollbackSchema.forget(connection);
        // Whoever starts again answers again, and what could not be moved is tried anew.
        Sql.execute(
                connection,
                "DELETE FROM migration.baseline; DELETE FROM migration.changes;"
                        + " DELETE FROM migration.answers; DELETE FROM migration.failed_chunks;"
                        + " UPDATE migration.going_back SET realms_gone = true, undoing = false, unfenced = NULL;"
                        + " DROP TABLE IF EXISTS realms_archive.credentials");
    }
}
