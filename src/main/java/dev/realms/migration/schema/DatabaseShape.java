package dev.realms.migration.schema;

import dev.realms.realm.isolation.RealmTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What a database is, read from its catalogue; nothing is changed.
 *
 * @param kind what may be done with it
 * @param origin where its pre-realm tables are; null unless {@link Kind#PRE_REALM}
 * @param difference one sentence that names the first thing that is not as it should be; empty unless {@link Kind#UNKNOWN}
 */
public record DatabaseShape(Kind kind, Origin origin, String difference) {

    public enum Kind {
        /** No table of anybody: ours to build. */
        EMPTY,
        /** The seven pre-realm tables, of either shape; what else there is comes along. */
        PRE_REALM,
        /** Has our bookkeeping, whatever its state. */
        OURS,
        /** Neither; to be left alone. */
        UNKNOWN
    }

    /** What we make, for what is no user's to see; finding one of them means somebody else's work. */
    private static final List<String> SCHEMAS_TO_BE_MADE = List.of("realms", "realms_doors", "realms_archive");

    /** @param connection any role that sees the catalogue; best the schema owner, whose rights are looked at too */
    public static DatabaseShape of(Connection connection) throws SQLException {
        Catalogue catalogue = new Catalogue(connection);
        if (catalogue.hasTable(Catalogue.BOOKS, "state")) {
            return new DatabaseShape(Kind.OURS, null, "");
        }
        Optional<String> clash = clash(catalogue);
        return clash.isPresent() ? unknown(clash.get()) : ofTables(catalogue);
    }

    /** Of tables that were given back, and could have been changed since: what may be done with them, as if there were no books. */
    static DatabaseShape ofTablesGivenBack(Connection connection) throws SQLException {
        return ofTables(new Catalogue(connection));
    }

    private static DatabaseShape ofTables(Catalogue catalogue) throws SQLException {
        List<String> schemas = catalogue.schemasWith(RealmTables.PRE_REALM);
        if (schemas.size() > 1) {
            return unknown("the pre-realm tables are in the schemas " + String.join(" and ", schemas));
        }
        if (schemas.isEmpty()) {
            return withoutTables(catalogue.tables());
        }
        String schema = schemas.get(0);
        if (catalogue.hasColumn(schema, "documents", "realm_id")
                || catalogue.hasColumn(schema, "documents", "realmId")) {
            return unknown(
                    "its documents have realms already: it is of a later version of the old application than can be taken over."
                            + " Take it back to the one before realms");
        }
        Optional<String> nearest = Optional.empty();
        for (PreRealmShape shape : PreRealmShape.values()) {
            Optional<String> difference = difference(catalogue, schema, shape);
            if (difference.isEmpty()) {
                return new DatabaseShape(Kind.PRE_REALM, new Origin(schema, shape), "");
            }
            if (catalogue.hasColumn(schema, "documents", shape == PreRealmShape.PRISMA ? "userId" : "user_id")) {
                nearest = difference;
            }
        }
        return unknown(nearest.orElse("its table documents has no column user_id"));
    }

    /** What there is beyond what is expected. */
    static List<String> extras(Catalogue catalogue, Origin origin) throws SQLException {
        List<String> expected = origin.shape().lines();
        return catalogue.lines(origin.schema(), RealmTables.PRE_REALM).stream()
                .filter(line -> !expected.contains(line))
                .toList();
    }

    private static DatabaseShape withoutTables(List<String> tables) {
        return tables.isEmpty()
                ? new DatabaseShape(Kind.EMPTY, null, "")
                : unknown("it has a table " + tables.get(0) + " but no table "
                        + RealmTables.PRE_REALM.stream()
                                .filter(table -> !tables.contains(table))
                                .sorted()
                                .findFirst()
                                .orElse("users in the same schema"));
    }

    private static Optional<String> clash(Catalogue catalogue) throws SQLException {
        if (catalogue.role().contains("'")) {
            return Optional.of("the owner role " + catalogue.role()
                    + " has an apostrophe in its name, with which Flyway can't work: take another owner, or rename it");
        }
        if (catalogue.hasForeignBooks()) {
            return Optional.of("its schema " + Catalogue.BOOKS + " is not ours");
        }
        for (String schema : SCHEMAS_TO_BE_MADE) {
            if (catalogue.hasSchema(schema)) {
                return Optional.of("it has a schema " + schema + " already");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> difference(Catalogue catalogue, String schema, PreRealmShape shape)
            throws SQLException {
        List<String> expected = shape.lines();
        Optional<String> difference = difference(expected, catalogue.lines(schema, RealmTables.PRE_REALM));
        if (difference.isEmpty()) {
            difference = catalogue.neededColumns(schema, RealmTables.PRE_REALM).stream()
                    .filter(column ->
                            expected.stream().noneMatch(line -> name(line).equals(column)))
                    .findFirst()
                    .map(column ->
                            "it has the %s, for which nobody but its own application has a value".formatted(column));
        }
        if (difference.isEmpty()) {
            difference = catalogue.obstacle(schema, RealmTables.PRE_REALM).map("it has the "::concat);
        }
        if (difference.isEmpty()) {
            difference = twoSpellings(catalogue, schema);
        }
        if (difference.isEmpty() && !catalogue.mayCreateIn(schema)) {
            difference = Optional.of("the owner role may not create views in its schema " + schema);
        }
        if (difference.isEmpty()) {
            difference = catalogue.ownedByAnother(schema, RealmTables.PRE_REALM);
        }
        return difference;
    }

    /** A column that Prisma named gets our name, which must be free. */
    private static Optional<String> twoSpellings(Catalogue catalogue, String schema) throws SQLException {
        for (String table : RealmTables.PRE_REALM) {
            List<String> columns = catalogue.columns(schema, table);
            Optional<String> twice = columns.stream()
                    .filter(column -> !PreRealmShape.ourName(table, column).equals(column))
                    .filter(column -> columns.contains(PreRealmShape.ourName(table, column)))
                    .findFirst();
            if (twice.isPresent()) {
                return twice.map(column ->
                        "it has the columns %1$s.%2$s and %1$s.%3$s, of which the first is to get the name of the second"
                                .formatted(table, column, PreRealmShape.ourName(table, column)));
            }
        }
        return Optional.empty();
    }

    /** What there is beyond what is expected comes along. */
    private static Optional<String> difference(List<String> expected, List<String> found) {
        return expected.stream()
                .filter(line -> !found.contains(line))
                .findFirst()
                .map(line -> found.stream()
                        .filter(other -> name(other).equals(name(line)))
                        .findFirst()
                        .map(other -> "it has the %s where the %s belongs".formatted(other, line))
                        .orElse("it lacks the " + line));
    }

    private static DatabaseShape unknown(String difference) {
        return new DatabaseShape(
                Kind.UNKNOWN, null, "The database is neither empty nor of the pre-realm shape: " + difference + ".");
    }

    /** {@code column users} of {@code column users.email text not null}, with the column. */
    private static String name(String line) {
        return line.substring(0, line.indexOf(' ', line.indexOf(' ') + 1));
    }
}
