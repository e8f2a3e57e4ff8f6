package dev.realms.isolation;

import dev.realms.http.Page;
import dev.realms.http.Records;
import java.lang.reflect.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An entity's rows as a record, each of whose components is named like an attribute, or {@code hasX} and says whether there is an x.
 */
final class RowView<V extends Record> {

    /** @param more whether other rows follow */
    record Rows<V>(List<V> shown, boolean more) {}

    static final String NEWEST_FIRST = " ORDER BY created_at DESC, id DESC";

    private static final Pattern PRESENCE = Pattern.compile("has([A-Z])(.*)");

    private final RowTable table;
    private final Class<V> type;
    private final Class<?>[] components;
    private final List<String> longTexts;
    private final String select;
    private final String pageStart;
    private final String pageEnd;

    RowView(RowTable table, Class<V> type) {
        this.table = table;
        this.type = type;
        this.components = Arrays.stream(type.getRecordComponents())
                .map(component -> component.getType())
                .toArray(Class<?>[]::new);
        List<String> attributes = Records.names(type);
        this.longTexts = Arrays.stream(type.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(LongText.class))
                .map(Field::getName)
                .toList();
        this.select = "SELECT %s FROM %s WHERE %s = ?"
                .formatted(
                        attributes.stream().map(this::expression).collect(Collectors.joining(", ")),
                        table.name(),
                        table.tenantColumn());
        this.pageStart = "SELECT %s, before >= %d FROM (SELECT *, coalesce(sum(%s) OVER ("
                        .formatted(
                                attributes.stream().map(this::fitting).collect(Collectors.joining(", ")),
                                Page.MOST_TEXT,
                                longTexts.stream().map(this::size).collect(Collectors.joining(" + ")))
                + NEWEST_FIRST
                + " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before FROM (";
        this.pageEnd = ") AS listed) AS sized" + NEWEST_FIRST;
    }

    /** All rows of the realm that is the first parameter; conditions may follow. */
    String select() {
        return select;
    }

    /**
     * The rows of a query, of which those that are too many for a page come without their long texts, and say so. The database counts
     * bytes, of which there are at least as many as characters.
     *
     * @param query with conditions and limit, {@linkplain #NEWEST_FIRST newest first}
     */
    String page(String query) {
        return longTexts.isEmpty() ? query : pageStart + query + pageEnd;
    }

    /** @param attribute a name of ours */
    String column(String attribute) {
        return table.column(attribute);
    }

    /** At most so many, and at least one where there is one. */
    Rows<V> read(ResultSet rows, int most) throws SQLException {
        boolean areMarked = rows.getMetaData().getColumnCount() > components.length;
        List<V> shown = new ArrayList<>();
        int text = 0;
        while (rows.next()) {
            if (shown.size() == most || text >= Page.MOST_TEXT || areMarked && rows.getBoolean(components.length + 1)) {
                return new Rows<>(shown, true);
            }
            Object[] values = values(rows);
            shown.add(Records.make(type, values));
            text += Records.length(values);
        }
        return new Rows<>(shown, false);
    }

    private String size(String longText) {
        return "coalesce(octet_length(" + column(longText) + "), 0)";
    }

    private String fitting(String component) {
        String name = name(component);
        return longTexts.contains(component)
                ? "CASE WHEN before < %d THEN %s END AS %s".formatted(Page.MOST_TEXT, name, name)
                : name;
    }

    private String name(String component) {
        Matcher presence = PRESENCE.matcher(component);
        return presence.matches() ? "has_" + presenceOf(presence) : column(component);
    }

    private String expression(String component) {
        Matcher presence = PRESENCE.matcher(component);
        return presence.matches() ? presenceOf(presence) + " IS NOT NULL AS " + name(component) : column(component);
    }

    private String presenceOf(Matcher presence) {
        return column(presence.group(1).toLowerCase(Locale.ROOT) + presence.group(2));
    }

    private Object[] values(ResultSet row) throws SQLException {
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(row, i + 1, components[i]);
        }
        return values;
    }

    private static Object value(ResultSet row, int column, Class<?> type) throws SQLException {
        if (type == Instant.class) {
            Timestamp value = row.getTimestamp(column);
            return value == null ? null : value.toInstant();
        } else if (type.isEnum()) {
            String name = row.getString(column);
            return name == null ? null : constant(type, name);
        }
        // What the driver makes of the column by itself.
        return row.getObject(column);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object constant(Class<?> type, String name) {
        return Enum.valueOf((Class<Enum>) type, name);
    }
}
