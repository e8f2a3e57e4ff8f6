package dev.realms.migration.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a database is, read from its catalogue; nothing is changed.
 *
 * @param kind what may be done with it
 * @param difference one sentence that names the first thing that is not as it should be; empty unless {@link Kind#UNKNOWN}
 */
public record DatabaseShape(Kind kind, String difference) {

    public enum Kind {
        /** No table in schema public: ours to build. */
        EMPTY,
        /** The seven pre-realm tables, as they were; foreign tables and further indexes do not matter. */
        PRE_REALM,
        /** Has our bookkeeping, whatever its state. */
        OURS,
        /** Neither; to be left alone. */
        UNKNOWN
    }

    /** What the expansion makes beside the pre-realm tables; finding one of them means somebody else's work. */
    private static final Set<String> NAMES_TO_BE_MADE = Set.of("realms", "idempotent_requests", "secret_keys");

    /** @param connection any role that sees the catalogue; best the schema owner, whose rights are looked at too */
    public static DatabaseShape of(Connection connection) throws SQLException {
        Catalogue catalogue = new Catalogue(connection);
        if (catalogue.hasTable("migration", "state")) {
            return new DatabaseShape(Kind.OURS, "");
        }
        List<String> expected = expectedLines();
        List<String> tables =
                expected.stream().map(DatabaseShape::table).distinct().toList();
        Optional<String> clash = clash(catalogue);
        if (clash.isPresent()) {
            return unknown(clash.get());
        }
        List<String> present = catalogue.tablesInPublic();
        if (present.isEmpty()) {
            return new DatabaseShape(Kind.EMPTY, "");
        }
        Optional<String> missing =
                tables.stream().filter(table -> !present.contains(table)).findFirst();
        if (missing.isPresent()) {
            return unknown("it has a table " + present.get(0) + " but no table " + missing.get());
        }
        Optional<String> difference = difference(expected, catalogue.lines(tables));
        if (difference.isEmpty()) {
            difference = catalogue.comparedLoosely(tables).map("it has the "::concat);
        }
        if (difference.isEmpty()) {
            difference = catalogue.ownedByAnother(tables);
        }
        return difference.map(DatabaseShape::unknown).orElse(new DatabaseShape(Kind.PRE_REALM, ""));
    }

    private static Optional<String> clash(Catalogue catalogue) throws SQLException {
        if (catalogue.hasSchema("migration")) {
            return Optional.of("its schema migration is not ours");
        }
        if (catalogue.hasForeignHistory()) {
            return Optional.of("its table " + Catalogue.HISTORY + " belongs to another application");
        }
        return catalogue.tablesInPublic().stream()
                .filter(NAMES_TO_BE_MADE::contains)
                .findFirst()
                .map(name -> "it has a table " + name + " already");
    }

    private static Optional<String> difference(List<String> expected, List<String> found) {
        Optional<String> absent = expected.stream()
                .filter(line -> !found.contains(line))
                .findFirst()
                .map(line -> found.stream()
                        .filter(other -> name(other).equals(name(line)))
                        .findFirst()
                        .map(other -> "it has the %s where the %s belongs".formatted(other, line))
                        .orElse("it lacks the " + line));
        return absent.or(() -> found.stream()
                .filter(line -> !expected.contains(line))
                .findFirst()
                .map(line -> "it has the unexpected " + line));
    }

    private static DatabaseShape unknown(String difference) {
        return new DatabaseShape(
                Kind.UNKNOWN, "The database is neither empty nor of the pre-realm shape: " + difference + ".");
    }

    /** {@code column users} of {@code column users.email text not null}, with the column. */
    private static String name(String line) {
        return line.substring(0, line.indexOf(' ', line.indexOf(' ') + 1));
    }

    private static String table(String line) {
        return line.substring(line.indexOf(' ') + 1, line.indexOf('.'));
    }

    private static List<String> expectedLines() {
        try (InputStream in = DatabaseShape.class.getResourceAsStream("/db/pre-realm-shape.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
