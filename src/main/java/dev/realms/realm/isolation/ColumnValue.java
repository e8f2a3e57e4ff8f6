package dev.realms.realm.isolation;

/**
 * A parameter inside of {@code SQL(…)}: EclipseLink does not know there with which column an id, a moment or a constant is compared, and converts nothing.
 *
 * @param table that has the column, or one of the same type
 * @param value an id, which is a String, or a List of ids, which goes as an array, or an Instant, or an Enum, which goes as an array of one: no value alone has an enum's type
 */
public record ColumnValue(String table, String column, Object value) {}
