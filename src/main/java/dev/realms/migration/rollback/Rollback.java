package dev.realms.migration.rollback;

import dev.realms.migration.check.Differences;
import dev.realms.migration.schema.RollbackSchema;
import dev.realms.migration.schema.SchemaException;
import dev.realms.security.secret.SecretBox;
import dev.realms.sql.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * Takes a database back to the schema from before realms, with every row. Plain JDBC. Every step finds in the data what is left of it,
 * so that a rollback which ended early, at whatever point, is gone on with by running it again.
 */
public final class Rollback {

    /** After this long every node has read the state. */
    public static final Duration GRACE = Duration.ofSeconds(3);

    /** How often what the application from before realms may have got in the way of is tried for. */
    private static final int TRIES = 5;

    private final DataSource owner;
    private final String appUser;
    private final SecretBox box;
    private final Duration grace;
    private long undoneAnswers;

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
     * @throws Watch.Stopped when the watch says so
     */
    public RollbackReport run(Connection connection, Watch watch, BooleanSupplier stopped) throws SQLException {
        RollbackSchema schema = new RollbackSchema(owner, appUser);
        try (Statement statement = connection.createStatement()) {
            // What is changed in the rows counts as a change by the application: the verification knows it.
            statement.execute("SET realms.migration = ''");
        }
        Rows unreadable = new Rows(0, List.of());
        if (hasRealms(connection)) {
            unreadable = requireKeys(connection).unreadable();
            watch.begin(Step.CLOSE, 0);
            new Closing(connection, appUser).run(grace, watch);
            watch.end();
            bringDataBack(connection, watch);
        }
        bringSchemaBack(connection, schema, watch, stopped);
        return report(connection, unreadable);
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
        Optional<String> key = withoutKey(new Credentials(connection, box).look());
        return key.isPresent() ? key : Differences.sentence(Differences.of(connection));
    }

    /** Whether there are realms, so that a preview can tell of them. */
    public static boolean hasRealms(Connection connection) throws SQLException {
        return !RollbackSchema.isBegun(connection) && !isWithoutRealms(connection);
    }

    /** After an earlier rollback the expansion has not come far enough to bring anything back: all is in the archive. */
    private static boolean isWithoutRealms(Connection connection) throws SQLException {
        return Questions.is(
                connection,
                "EXISTS (SELECT FROM migration.going_back WHERE realms_gone) AND NOT EXISTS (SELECT FROM pg_attribute"
                        + " WHERE attrelid = 'public.user_settings'::regclass AND attname = 'current_realm_id' AND NOT attisdropped)");
    }

    private Credentials.Found requireKeys(Connection connection) throws SQLException {
        Credentials.Found found = new Credentials(connection, box).look();
        Optional<String> missing = withoutKey(found);
        if (missing.isPresent()) {
            throw new CannotRollBack(missing.get());
        }
        return found;
    }

    static Optional<String> withoutKey(Credentials.Found found) {
        return found.withoutKey() == 0
                ? Optional.empty()
                : Optional.of(
                        "%d credentials are sealed by a key that this node does not have: set realms.secret-key, and ask for the rollback again."
                                .formatted(found.withoutKey()));
    }

    private void bringDataBack(Connection connection, Watch watch) throws SQLException {
        Archive archive = new Archive(connection);
        archive.create();
        watch.begin(
                Step.ARCHIVE,
                Questions.count(connection, "realms")
                        + Questions.rowsOutsideDefaultRealms(connection).values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
        archive.fill(watch);
        watch.end();
        Credentials credentials = new Credentials(connection, box);
        watch.begin(Step.CREDENTIALS, credentials.look().sealed());
        credentials.giveBack(watch);
        watch.end();
        makeNamesUnique(connection, watch);
        watch.begin(Step.KEYS, Questions.count(connection, Questions.KEYS + " WHERE " + Questions.TO_BE_REVOKED));
        new Keys(connection).revoke(watch);
        watch.end();
        watch.begin(Step.VERIFY, 0);
        verify(connection, watch);
        watch.end();
    }

    private static void makeNamesUnique(Connection connection, Watch watch) throws SQLException {
        watch.begin(Step.NAMES, Questions.count(connection, Questions.CLASHING));
        new Names(connection).makeUnique(watch);
        watch.end();
    }

    /** Nothing may be dropped that has not been kept elsewhere. */
    private static void verify(Connection connection, Watch watch) throws SQLException {
        Optional<String> differences = Differences.sentence(Differences.of(connection));
        if (differences.isPresent()) {
            throw new CannotRollBack(differences.get());
        }
        for (int attempt = 1; Questions.notArchived(connection) > 0; attempt++) {
            if (attempt == TRIES) {
                throw new CannotRollBack("Rows come to other realms all the while: ask for the rollback again.");
            }
            new Archive(connection).fill(watch);
        }
    }

    private void bringSchemaBack(Connection connection, RollbackSchema schema, Watch watch, BooleanSupplier stopped)
            throws SQLException {
        watch.begin(Step.CONTRACT, 0);
        for (int attempt = 1; ; attempt++) {
            try {
                schema.takeContractBack(connection, stopped);
                break;
            } catch (SchemaException fault) {
                if (stopped.getAsBoolean()) {
                    throw new Watch.Stopped();
                }
                if (attempt == TRIES || !isNameTaken(fault)) {
                    throw fault;
                }
                makeNamesUnique(connection, watch);
            }
        }
        watch.end();
        Undo undo = new Undo(connection);
        watch.begin(Step.ANSWERS, undo.count());
        undoneAnswers = undo.run(watch);
        watch.end();
        watch.begin(Step.SCHEMA, 0);
        try {
            schema.takeExpansionBack(stopped);
        } catch (SchemaException fault) {
            if (stopped.getAsBoolean()) {
                throw new Watch.Stopped();
            }
            throw fault;
        }
        watch.end();
    }

    /** The application from before realms goes on making databases. */
    private static boolean isNameTaken(Throwable fault) {
        return SqlStates.of(fault).contains(SqlStates.UNIQUE_VIOLATION);
    }

    private RollbackReport report(Connection connection, Rows unreadable) throws SQLException {
        return new RollbackReport(
                Questions.count(connection, "realms_archive.realms"),
                Questions.count(connection, "realms_archive.memberships"),
                Questions.rows(connection, "realms_archive.names"),
                Questions.rows(connection, "realms_archive.keys"),
                unreadable,
                undoneAnswers);
    }

    /** In the transaction that writes down that the database has been rolled back. */
    public static void finish(Connection connection) throws SQLException {
        RollbackSchema.forget(connection);
        try (Statement statement = connection.createStatement()) {
            // Whoever starts again answers again, and what could not be moved is tried anew.
            statement.execute("DELETE FROM migration.baseline; DELETE FROM migration.changes;"
                    + " DELETE FROM migration.answers; DELETE FROM migration.failed_chunks;"
                    + " UPDATE migration.going_back SET realms_gone = true, undoing = false, unfenced = NULL;"
                    + " DROP TABLE IF EXISTS realms_archive.credentials");
        }
    }
}
