package dev.realms.migration.schema;

import dev.realms.sql.Causes;
import dev.realms.sql.OwnerSessions;
import dev.realms.sql.Retry;
import dev.realms.sql.Sql;
import dev.realms.sql.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * Runs a stage to its end. Can be run again after any crash: what a script did is on record with it or undone, and an index
 * that was left half-built is dropped first. Waits for locks only briefly, and tries again as long as its patience lasts.
 */
public final class StageRun {

    private static final Logger LOG = Logger.getLogger(StageRun.class.getName());

    private static final String INVALID_INDEXES = """
            SELECT format('%I.%I', nspname, relname) FROM pg_index i JOIN pg_class c ON c.oid = indexrelid
            JOIN pg_namespace n ON n.oid = relnamespace
            WHERE nspname = 'realms' AND NOT indisvalid AND relname SIMILAR TO ?
            """;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    /** As long as a dump or a vacuum against wraparound may take: what has given up needs somebody to start it again. */
    static final Duration A_DAY = Duration.ofDays(1);

    /** Each try lets others queue behind it for half a second: in the end for a twentieth of the time. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final DataSource owner;
    private final Stage stage;
    private final String appUser;
    private final Origin origin;
    private final Duration patience;

    /** @param origin of a database that has no books yet, or null */
    StageRun(DataSource owner, Stage stage, String appUser, Origin origin, Duration patience) {
        this.owner = OwnerSessions.of(owner);
        this.stage = stage;
        this.appUser = appUser;
        this.origin = origin;
        this.patience = patience;
    }

    StageRun(DataSource owner, Stage stage, String appUser, Duration patience) {
        this(owner, stage, appUser, null, patience);
    }

    /**
     * Makes the database unable to hold a row that has no realm or reaches into another: indexes, constraints, keys, row-level
     * security. To be run when every row has its realm and a verification has passed. Tries for a day to get a lock.
     *
     * @param owner connections of the schema owner, which commit by themselves
     */
    public static StageRun contract(DataSource owner) {
        return new StageRun(owner, Stage.CONTRACT, "", A_DAY);
    }

    /** Drops what only the way back and the pre-realm application needed. Tries for two minutes to get a lock. */
    public static StageRun finalization(DataSource owner) {
        return new StageRun(owner, Stage.FINALIZE, "", Duration.ofMinutes(2));
    }

    /**
     * @param stopped asked between scripts, and between tries while a lock can't be had
     * @throws SchemaException when stopped, a script fails or a lock can't be had in time
     */
    public void run(BooleanSupplier stopped) {
        Instant end = Instant.now().plus(patience);
        Retry retry = new Retry(
                failure -> isInTheWay(failure.cause()) && Instant.now().isBefore(end) && !stopped.getAsBoolean(),
                this::pause);
        try {
            retry.<Void, SQLException>run(() -> {
                requireKnownScripts(owner);
                dropInvalidIndexes();
                migrate(stopped);
                return null;
            });
        } catch (FlywayException | SQLException fault) {
            throw new SchemaException(
                    Thread.currentThread().isInterrupted() ? "The schema's change was interrupted." : sentence(fault),
                    fault);
        }
    }

    /** Also two nodes that grant at once. */
    private static boolean isInTheWay(Exception fault) {
        String state = SqlStates.first(fault);
        return SqlStates.isContention(state) || state.equals(SqlStates.INTERNAL_ERROR);
    }

    private Duration pause(Retry.Failure failure) {
        // Rarer and rarer, like the tries.
        if (Integer.bitCount(failure.tries()) == 1) {
            LOG.log(
                    Level.INFO,
                    "Stage {0} waits for a lock, try {1}. Transactions that may be in the way: {2}",
                    new Object[] {stage, failure.tries(), LockHolders.oldest(owner)});
        }
        return Retry.growing(FIRST_PAUSE, LONGEST_PAUSE).apply(failure);
    }

    private void migrate(BooleanSupplier stopped) throws SQLException {
        Flyway flyway = flyway(stopped);
        if (hasFailedRun()) {
            // Only scripts that can't run in a transaction leave such a line.
            flyway.repair();
        }
        flyway.migrate();
    }

    private Flyway flyway(BooleanSupplier stopped) throws SQLException {
        FluentConfiguration configuration = Flyway.configure(
                        Thread.currentThread().getContextClassLoader())
                .dataSource(owner)
                .locations("classpath:" + stage.folder())
                .defaultSchema(Catalogue.BOOKS)
                .createSchemas(false)
                .table(stage.history())
                // Each stage finds what the others have made.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .placeholders(placeholders())
                .validateMigrationNaming(true)
                // A rollback takes scripts back, between which there are others; and a later version may have one of
                // between, wherever the migration stands.
                .outOfOrder(true)
                .callbacks(new LockTimeouts(stage, stopped), new OwnersOnly(stage));
        // Flyway's own transaction-level lock would be the old transaction that CREATE INDEX CONCURRENTLY waits for.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        return configuration.load();
    }

    private Map<String, String> placeholders() throws SQLException {
        try (Connection connection = owner.getConnection()) {
            Origin from = origin == null ? Origin.of(connection) : origin;
            Map<String, String> placeholders = new HashMap<>(from.placeholders());
            // As a statement names the role, and as the text of a statement does.
            String role = '"' + appUser.replace("\"", "\"\"") + '"';
            placeholders.put("appUser", role);
            placeholders.put("appRole", "'" + role.replace("'", "''") + "'::regrole");
            return placeholders;
        }
    }

    private boolean hasFailedRun() throws SQLException {
        try (Connection connection = owner.getConnection()) {
            return new Catalogue(connection).hasHistory(stage)
                    && Sql.exists(connection, Catalogue.BOOKS + "." + stage.history() + " WHERE NOT success");
        }
    }

    /**
     * What scripts of a later version have made in a database, this one can neither work with nor take back. Changes nothing.
     *
     * @throws SchemaException when a script of any stage has run in the database that this version does not have
     */
    static void requireKnownScripts(DataSource owner) throws SQLException {
        try (Connection connection = owner.getConnection()) {
            Catalogue catalogue = new Catalogue(connection);
            for (Stage stage : Stage.values()) {
                for (String script : catalogue.scripts(stage)) {
                    if (!stage.has(script)) {
                        throw new SchemaException(
                                "The database is of a later version, which has run %s of %s: start that version, or a later one."
                                        .formatted(script, stage.folder()));
                    }
                }
            }
        }
    }

    /**
     * What a concurrent build leaves when it is interrupted is kept up by every writer and used by nobody. Only the stage's own:
     * another's may be in the making.
     */
    private void dropInvalidIndexes() throws SQLException {
        try (Connection connection = owner.getConnection()) {
            for (String index : Sql.texts(connection, INVALID_INDEXES, stage.indexes())) {
                LOG.log(Level.INFO, "Dropping the half-built index {0}", index);
                Sql.execute(connection, LockTimeouts.LONG);
                Sql.execute(connection, "DROP INDEX CONCURRENTLY IF EXISTS " + index);
            }
        }
    }

    private String sentence(Exception fault) {
        return isInTheWay(fault)
                ? "The schema's stage %s could not get a lock within %d minutes (%s): end the transactions that hold it, and try again."
                        .formatted(stage, patience.toMinutes(), innermost(fault))
                : "The schema's stage %s failed: %s.".formatted(stage, innermost(fault));
    }

    /** On one line, and no more of it: Flyway wraps it in the whole script, and the driver adds values of rows. */
    private static String innermost(Throwable fault) {
        String line = String.valueOf(Causes.innermost(fault).getMessage())
                .strip()
                .lines()
                .findFirst()
                .orElse("");
        return line.replaceFirst("^ERROR: ", "").replaceFirst("\\.$", "");
    }
}
