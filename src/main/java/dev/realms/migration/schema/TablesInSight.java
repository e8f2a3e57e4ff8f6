package dev.realms.migration.schema;

import dev.realms.realm.isolation.RealmTables;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Has the seven tables found under our names, and their columns, by whoever asks in a session, wherever they are: taken over, where the installation
 * has them, or given back. The setting {@code realms.schema} says where. Nothing changes that anybody else could see.
 */
public record TablesInSight(Connection connection) implements AutoCloseable {

    /** @param connection of the schema owner, in auto-commit mode */
    public static TablesInSight of(Connection connection) throws SQLException {
        TablesInSight tables = new TablesInSight(connection);
        Catalogue catalogue = new Catalogue(connection);
        if (catalogue.hasTable("realms", "users")) {
            tables.look("realms", "realms");
            return tables;
        }
        Origin known = Origin.of(connection);
        Origin origin =
                known.equals(Origin.NOWHERE) ? DatabaseShape.of(connection).origin() : known;
        if (origin == null) {
            return tables;
        }
        if (origin.shape() == PreRealmShape.SNAKE_CASE) {
            tables.look(origin.schema(), origin.schema());
            return tables;
        }
        for (String table : RealmTables.PRE_REALM) {
            tables.rename(catalogue, origin, table);
        }
        tables.look(origin.schema(), "pg_temp");
        return tables;
    }

    private void look(String schema, String path) throws SQLException {
        Sql.texts(
                connection,
                "SELECT set_config('realms.schema', quote_ident(?), false), set_config('search_path', quote_ident(?) || ', pg_temp', false)",
                schema,
                path);
    }

    private void rename(Catalogue catalogue, Origin origin, String table) throws SQLException {
        List<String> columns = catalogue.columns(origin.schema(), table);
        String names = columns.stream()
                .map(column -> quoted(column) + " AS " + quoted(PreRealmShape.ourName(column)))
                .collect(Collectors.joining(", "));
        Sql.execute(
                connection,
                "CREATE OR REPLACE TEMPORARY VIEW %s AS SELECT %s FROM %s.%s"
                        .formatted(table, names, quoted(origin.schema()), table));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** What a pooled session must not keep. */
    @Override
    public void close() throws SQLException {
        Sql.execute(connection, "DISCARD TEMP");
    }
}
