package dev.realms.migration.schema;

import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * Gives the pre-realm tables the schema they had, from wherever expansion and contract have come to. Every part can be run
 * again at any time; it finds what is left by itself. What the rows hold is brought back by others.
 */
public final class RollbackSchema {

    private static final Set<String> WAY_BACK = Set.of("rolling-back", "rolled-back", "rollback-failed");

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final DataSource owner;
    private final String appUser;

    /** @param owner connections of the schema owner, which commit by themselves */
    public RollbackSchema(DataSource owner, String appUser) {
        this.owner = owner;
        this.appUser = appUser;
    }

    /** In these states the schema is not what the expansion makes, and a start must not make it that. */
    static boolean isWayBack(Connection connection) throws SQLException {
        return Sql.texts(connection, "SELECT state FROM migration.state").stream()
                .anyMatch(WAY_BACK::contains);
    }

    /** Whether the schema has begun to go back, so that what rested on it can't be asked any more. */
    public static boolean isBegun(Connection connection) throws SQLException {
        Catalogue catalogue = new Catalogue(connection);
        return catalogue.hasHistory(Stage.ROLLBACK_CONTRACT)
                || catalogue.hasHistory(Stage.ROLLBACK_EXPAND)
                || catalogue.hasHistory(Stage.GIVE_BACK);
    }

    /** @throws SchemaException when a later version has made what this one would not take back */
    public void requireKnownScripts() throws SQLException {
        StageRun.requireKnownScripts(owner);
    }

    /**
     * Takes back what the contract made; does nothing where none was begun.
     *
     * @param stopped asked between scripts, and between tries while a lock can't be had
     * @throws SchemaException when stopped, a script fails or a lock can't be had for ten minutes
     */
    public void takeContractBack(Connection connection, BooleanSupplier stopped) throws SQLException {
        if (new Catalogue(connection).hasHistory(Stage.CONTRACT)) {
            new StageRun(owner, Stage.ROLLBACK_CONTRACT, appUser, PATIENCE).run(stopped);
        }
    }

    /** Takes back what the expansion and the take-over made; as {@link #takeContractBack}. */
    public void takeExpansionBack(Connection connection, BooleanSupplier stopped) throws SQLException {
        if (new Catalogue(connection).hasHistory(Stage.EXPAND)) {
            new StageRun(owner, Stage.ROLLBACK_EXPAND, appUser, PATIENCE).run(stopped);
        }
        new StageRun(owner, Stage.GIVE_BACK, appUser, PATIENCE).run(stopped);
    }

    /** The type of ids, which the functions take. */
    public static String idType(Connection connection) throws SQLException {
        return Origin.of(connection).shape().idType();
    }

    /** Forgets that what was taken back ever ran. To be called in the transaction that ends the rollback. */
    public static void forget(Connection connection) throws SQLException {
        for (Stage stage : Stage.values()) {
            if (stage != Stage.BOOKS) {
                Sql.execute(connection, "DROP TABLE IF EXISTS " + Catalogue.BOOKS + "." + stage.history());
            }
        }
    }
}
