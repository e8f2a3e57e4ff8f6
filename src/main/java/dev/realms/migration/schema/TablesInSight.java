package dev.realms.migration.schema;

import dev.realms.ops.Transactions;
import dev.realms.realm.isolation.RealmTables;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Has the seven tables found under our names, and their columns, by whoever asks in a session, wherever they are: taken over, where the installation
 * has them, or given back. The setting {@code realms.schema} says where. Nothing changes that anybody else could see.
 *
 * @param origin where they come from
 * @param isTakenOver whether they are ours now
 */
public record TablesInSight(Connection connection, Origin origin, boolean isTakenOver) implements AutoCloseable {

    /** @param connection of the schema owner, in auto-commit mode */
    public static TablesInSight of(Connection connection) throws SQLException {
        Catalogue catalogue = new Catalogue(connection);
        Origin known = Origin.of(connection);
        if (catalogue.hasTable("realms", "users")) {
            TablesInSight tables = new TablesInSight(connection, known, true);
            tables.look("realms", "realms");
            return tables;
        }
        Origin origin =
                known.equals(Origin.NOWHERE) ? DatabaseShape.of(connection).origin() : known;
        TablesInSight tables = new TablesInSight(connection, origin == null ? Origin.NOWHERE : origin, false);
        if (origin == null) {
            return tables;
        }
        if (origin.shape() == PreRealmShape.SNAKE_CASE) {
            tables.look(origin.schema(), origin.schema());
            return tables;
        }
        Transactions.run(connection, transaction -> {
            // Also where a session may only read by default, which is found then.
            Sql.execute(transaction, "SET TRANSACTION READ WRITE");
            for (String table : RealmTables.PRE_REALM) {
                tables.rename(catalogue, origin, table);
            }
            return null;
        });
        tables.look(origin.schema(), "pg_temp");
        return tables;
    }

    /** How the tables are written down; empty for those of a database that was empty. */
    public Optional<String> shape() {
        return origin.equals(Origin.NOWHERE)
                ? Optional.empty()
                : Optional.of(origin.shape().text());
    }

    /** What they have beyond their shape, and takes with them, a line each: columns, constraints, unique indexes. Empty once they are taken over. */
    public List<String> extras() throws SQLException {
        return isTakenOver || origin.equals(Origin.NOWHERE)
                ? List.of()
                : DatabaseShape.extras(new Catalogue(connection), origin);
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
                .map(column -> quoted(column) + " AS " + quoted(PreRealmShape.ourName(table, column)))
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
