package dev.realms.migration.schema;

import dev.realms.realm.isolation.RealmTables;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The seven tables under our names, with our names of their columns, for whoever asks in a session, wherever they are: taken over, where the
 * installation has them, or given back. The setting {@code realms.schema} says where. Nothing is made for that: it takes no rights, and no event
 * trigger sees it.
 *
 * @param origin where they come from
 * @param isTakenOver whether they are ours now
 * @param names what a query begins with, so that it finds the tables; empty where they have our names
 */
public record TablesInSight(Connection connection, Origin origin, boolean isTakenOver, String names) {

    /** @param connection of the schema owner */
    public static TablesInSight of(Connection connection) throws SQLException {
        Catalogue catalogue = new Catalogue(connection);
        Origin known = Origin.of(connection);
        if (catalogue.hasTable("realms", "users")) {
            look(connection, "realms", "realms");
            return new TablesInSight(connection, known, true, "");
        }
        Origin origin =
                known.equals(Origin.NOWHERE) ? DatabaseShape.of(connection).origin() : known;
        if (origin == null) {
            return new TablesInSight(connection, Origin.NOWHERE, false, "");
        }
        boolean renamed = origin.shape() == PreRealmShape.PRISMA;
        look(connection, origin.schema(), renamed ? "pg_catalog" : origin.schema());
        return new TablesInSight(connection, origin, false, renamed ? names(catalogue, origin) : "");
    }

    /** Where the tables are, as SQL writes it. */
    public String schema() {
        return isTakenOver ? "realms" : quoted(origin.schema());
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

    private static void look(Connection connection, String schema, String path) throws SQLException {
        Sql.texts(
                connection,
                "SELECT set_config('realms.schema', quote_ident(?), false), set_config('search_path', quote_ident(?) || ', pg_temp', false)",
                schema,
                path);
    }

    private static String names(Catalogue catalogue, Origin origin) throws SQLException {
        StringBuilder names = new StringBuilder();
        for (String table : RealmTables.PRE_REALM) {
            String columns = catalogue.columns(origin.schema(), table).stream()
                    .map(column -> quoted(column) + " AS " + quoted(PreRealmShape.ourName(table, column)))
                    .collect(Collectors.joining(", "));
            names.append(names.isEmpty() ? "WITH " : ", ")
                    .append("%s AS NOT MATERIALIZED (SELECT %s FROM %s.%1$s)"
                            .formatted(table, columns, quoted(origin.schema())));
        }
        return names.append(' ').toString();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
