package dev.realms.migration.schema;

import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.catalogue.CatalogueQuestions;
import dev.realms.sql.OwnerSessions;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Brings a database of any known kind to the schema this version starts with. Plain JDBC; several nodes may start at once.
 *
 * <p>A pre-realm database is left in state {@code expanded}, an empty one, which has nothing to migrate, in {@code finalized}.
 */
public final class ExpandSchema {

    private static final Logger LOG = Logger.getLogger(ExpandSchema.class.getName());

    private final DataSource owner;
    private final String appUser;
    private final PreflightAnswers answers;

    /** @param owner connections of the schema owner, which commit by themselves */
    public ExpandSchema(DataSource owner, String appUser) {
        this(owner, appUser, PreflightAnswers.NONE);
    }

    /** @param answers to what the catalogue of a pre-realm database has that would get in the way */
    public ExpandSchema(DataSource owner, String appUser, PreflightAnswers answers) {
        this.owner = OwnerSessions.of(owner);
        this.appUser = appUser;
        this.answers = answers;
    }

    /** @throws SchemaException when the database is none of ours or a script fails; the message says why */
    public void run() {
        try (Connection guard = owner.getConnection()) {
            SchemaLock lock = SchemaLock.acquire(guard, StageRun.A_DAY);
            try {
                expand(guard);
            } finally {
                lock.release();
            }
        } catch (SQLException fault) {
            throw new SchemaException("The database can't be used: " + fault.getMessage() + ".", fault);
        }
    }

    private void expand(Connection guard) throws SQLException {
        DatabaseShape shape = DatabaseShape.of(guard);
        LOG.log(Level.INFO, "The database is {0}", shape.kind());
        if (shape.kind() == DatabaseShape.Kind.UNKNOWN) {
            throw new SchemaException(shape.difference());
        }
        if (shape.kind() == DatabaseShape.Kind.OURS && RollbackSchema.isWayBack(guard)) {
            StageRun.requireKnownScripts(owner);
            LOG.info("The database is left as it is: it is going or has gone back");
            return;
        }
        requireEncoding(guard);
        requireAppUser(guard);
        if (shape.kind() == DatabaseShape.Kind.PRE_REALM) {
            requireNothingInTheWay(guard, answers);
        }
        if (shape.kind() == DatabaseShape.Kind.OURS && isGivenBack(guard)) {
            takeOverAgain(guard);
        }
        makeBooks(guard, shape);
        run(shape.kind() == DatabaseShape.Kind.EMPTY || builtByUs(guard) ? Stage.TABLES : Stage.TAKE_OVER);
        run(Stage.EXPAND);
        goOn(guard);
    }

    private void requireNothingInTheWay(Connection guard, PreflightAnswers given) throws SQLException {
        CatalogueQuestions.refusal(guard, appUser, given).ifPresent(sentence -> {
            throw new SchemaException(sentence);
        });
    }

    /** After a rollback nothing of ours is on the tables, and a new start has not begun to take them over. */
    private static boolean isGivenBack(Connection guard) throws SQLException {
        return !builtByUs(guard) && !new Catalogue(guard).hasHistory(Stage.TAKE_OVER);
    }

    /** The installation may have changed its tables meanwhile, and moved them. */
    private void takeOverAgain(Connection guard) throws SQLException {
        DatabaseShape shape = DatabaseShape.ofTablesGivenBack(guard);
        if (shape.kind() != DatabaseShape.Kind.PRE_REALM) {
            throw new SchemaException(
                    shape.difference().isEmpty() ? "The tables of the old application are gone." : shape.difference());
        }
        if (!shape.origin().shape().idType().equals(Origin.of(guard).shape().idType())) {
            throw new SchemaException("The ids of the tables have another type than before the rollback.");
        }
        // Whoever starts again has answered again, in the books.
        PreflightAnswers kept = PreflightAnswers.read(guard);
        requireNothingInTheWay(guard, kept.equals(PreflightAnswers.NONE) ? answers : kept);
        Sql.update(
                guard,
                "UPDATE migration.origin SET schema_name = ?, shape = ?",
                shape.origin().schema(),
                shape.origin().shape().text());
    }

    /** The scripts of the books have to know what the database is, which from the first of them on they say. */
    private void makeBooks(Connection guard, DatabaseShape shape) throws SQLException {
        if (!new Catalogue(guard).hasSchema(Catalogue.BOOKS)) {
            Sql.execute(guard, "CREATE SCHEMA " + Catalogue.BOOKS);
        }
        OwnersOnly.close(guard, Catalogue.BOOKS);
        new StageRun(owner, Stage.BOOKS, appUser, shape.origin(), StageRun.A_DAY).run(() -> false);
    }

    private void run(Stage stage) {
        new StageRun(owner, stage, appUser, StageRun.A_DAY).run(() -> false);
    }

    private void goOn(Connection guard) throws SQLException {
        switch (text(guard, "SELECT state FROM migration.state")) {
            case "pre-realm" -> {
                if (builtByUs(guard)) {
                    run(Stage.CONTRACT);
                    run(Stage.FINALIZE);
                    move(guard, "finalized", "the database was empty");
                } else {
                    move(guard, "expanded", null);
                }
            }
            // A newer version may have added scripts to stages that are behind us.
            case "migrated" -> run(Stage.CONTRACT);
            case "finalized" -> {
                run(Stage.CONTRACT);
                run(Stage.FINALIZE);
            }
            default -> LOG.fine("The migration is on its way");
        }
    }

    /** Names are compared in Unicode's normal form, which PostgreSQL knows in this encoding only. */
    private static void requireEncoding(Connection connection) throws SQLException {
        String encoding = text(connection, "SHOW server_encoding");
        if (!encoding.equals("UTF8")) {
            throw new SchemaException("The database's encoding must be UTF8, but is " + encoding + ".");
        }
    }

    private void requireAppUser(Connection guard) throws SQLException {
        if (!Sql.exists(guard, "pg_roles WHERE rolname = ?", appUser)) {
            throw new SchemaException("The runtime role " + appUser
                    + " (realms.db.app.user) does not exist: create it with server-config/postgresql/roles.sql.");
        }
    }

    /** One that was empty has our tables from the beginning. */
    private static boolean builtByUs(Connection guard) throws SQLException {
        return !Sql.exists(guard, "migration.origin");
    }

    private static void move(Connection guard, String state, String reason) throws SQLException {
        String sql = """
                WITH moved AS (UPDATE migration.state SET state = ?, reason = ? WHERE state = 'pre-realm' RETURNING state)
                INSERT INTO migration.audit_log (actor, act, outcome) SELECT 'system', 'expand', state FROM moved
                """;
        Sql.update(guard, sql, state, reason);
    }

    private static String text(Connection connection, String sql) throws SQLException {
        return Sql.first(connection, row -> row.getString(1), sql).orElse("");
    }
}
