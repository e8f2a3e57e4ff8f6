package dev.realms.migration.schema;

import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where the pre-realm tables come from.
 *
 * @param schema in which they are, or were before they were taken over; empty for a database that was empty
 * @param shape how they are written down
 */
public record Origin(String schema, PreRealmShape shape) {

    /** The tables of a database that was empty are ours, in one of the shapes. */
    static final Origin NOWHERE = new Origin("", PreRealmShape.SNAKE_CASE);

    /** What the books say. */
    static Origin of(Connection connection) throws SQLException {
        return new Catalogue(connection).hasTable(Catalogue.BOOKS, "origin")
                ? Sql.first(
                                connection,
                                row -> new Origin(
                                        row.getString(1),
                                        PreRealmShape.valueOf(row.getString(2).toUpperCase(Locale.ROOT))),
                                "SELECT schema_name, shape FROM migration.origin")
                        .orElse(NOWHERE)
                : NOWHERE;
    }

    /** What differs in the scripts. */
    Map<String, String> placeholders() {
        Map<String, String> placeholders = new HashMap<>(shape.placeholders());
        placeholders.put("schema", schema.replace("'", "''"));
        placeholders.put("shape", shape.text());
        return placeholders;
    }
}
