package dev.realms.migration.schema;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The scripts of this version. What others have made in a database, of a later version that is, this one can neither work with nor take
 * back.
 */
final class KnownScripts {

    private KnownScripts() {}

    /**
     * Changes nothing.
     *
     * @throws SchemaException when a script of any stage has run in the database that this version does not have
     */
    static void requireNoOthers(DataSource owner) throws SQLException {
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
}
