package dev.realms.migration.schema;

import dev.realms.sql.ColumnNames;
import dev.realms.sql.TextResource;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The two ways in which the pre-realm tables are written down. Both are taken over as they are: ids, enums and times keep their types. */
public enum PreRealmShape {
    /** Ids are {@code uuid}, times have a zone, states are texts with a check. */
    SNAKE_CASE("uuid", "timestamptz(3)", ""),
    /** As Prisma makes them: ids are texts, columns in camelCase, times in UTC without a zone, states are enum types; an id that changes takes what refers to it along. */
    PRISMA("text", "timestamp(3)", " ON UPDATE CASCADE");

    /** Table and column. A column of this name in another table is the installation's own. */
    private static final List<String> CAMEL_CASE = PRISMA.lines().stream()
            .filter(line -> line.startsWith("column "))
            .map(line -> line.split(" ")[1])
            .filter(column -> column.chars().anyMatch(Character::isUpperCase))
            .toList();

    private final String id;
    private final String instant;
    private final String onUpdate;

    PreRealmShape(String id, String instant, String onUpdate) {
        this.id = id;
        this.instant = instant;
        this.onUpdate = onUpdate;
    }

    /** The type of ids, in PostgreSQL. */
    String idType() {
        return id;
    }

    /** The lines that a catalogue shows of it. */
    List<String> lines() {
        return TextResource.lines("db/shapes/" + text() + ".txt");
    }

    /** As {@code migration.origin} has it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Our name of a column that Prisma named; {@code migration.our_name} has the same list. */
    static String ourName(String table, String column) {
        return CAMEL_CASE.contains(table + "." + column) ? ColumnNames.of(column) : column;
    }

    /** What differs in the scripts. */
    Map<String, String> placeholders() {
        return Map.of("id", id, "instant", instant, "onUpdate", onUpdate, "camelCase", String.join(",", CAMEL_CASE));
    }
}
