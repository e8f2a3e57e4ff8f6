package dev.realms.realm.isolation;

import dev.realms.sql.Sql;
import dev.realms.web.json.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.persistence.sessions.DatasourceLogin;
import org.eclipse.persistence.sessions.Session;

/**
 * Which types an installation gave its columns: ids may be uuid or text, times may have a time zone or hold UTC without one. They never
 * change, so the catalogue is asked once, by the first statement that needs to know. What is compared with a column in a SELECT of owned
 * rows goes as its type: see {@link RealmPlatform}.
 */
final class ColumnTypes {

    /** Stands for a text that can't be an id of a column of this type, and finds nothing. */
    record NoSuchId(String type) {}

    /** What is bound as an array of the column's type: ids, or an enum's constant alone. */
    record TypedArray(String type, List<?> values) {}

    private volatile Map<String, String> known = Map.of();

    /** What the driver binds for an id. */
    Object id(String table, String column, String text, Session session) {
        if (type(table, column, session).equals("uuid")) {
            return Ids.find(text).map(Object.class::cast).orElse(new NoSuchId("uuid"));
        }
        return Ids.isId(text) ? text : new NoSuchId("text");
    }

    /** What the driver binds for it. */
    Object value(ColumnValue value, Session session) {
        if (value.value() instanceof Enum<?> constant) {
            return new TypedArray(type(value.table(), value.column(), session), List.of(constant.name()));
        } else if (value.value() instanceof List<?> ids) {
            return new TypedArray(type(value.table(), value.column(), session), ids);
        }
        return value.value() instanceof Instant instant
                ? instant(value.table(), value.column(), instant, session)
                : id(value.table(), value.column(), (String) value.value(), session);
    }

    private Object instant(String table, String column, Instant instant, Session session) {
        boolean zoned = type(table, column, session).equals("timestamp with time zone");
        if (instant.equals(Instant.MAX)) {
            return zoned ? OffsetDateTime.MAX : LocalDateTime.MAX;
        }
        if (instant.equals(Instant.MIN)) {
            return zoned ? OffsetDateTime.MIN : LocalDateTime.MIN;
        }
        return zoned ? instant.atOffset(ZoneOffset.UTC) : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private String type(String table, String column, Session session) {
        String name = table + "." + column;
        if (!known.containsKey(name)) {
            load(session);
        }
        // Without such a column the statement fails, whatever the type.
        return known.getOrDefault(name, "text");
    }

    private synchronized void load(Session session) {
        String[] tables = session.getDescriptors().values().stream()
                .map(descriptor -> descriptor.getTableName())
                .toArray(String[]::new);
        DatasourceLogin login = (DatasourceLogin) session.getDatasourceLogin();
        try (Connection connection = (Connection) login.connectToDatasource(null, session)) {
            known =
                    Sql.list(connection, row -> Map.entry(row.getString(1), row.getString(2)), """
                            SELECT relname || '.' || attname,
                              CASE typtype WHEN 'e' THEN (SELECT format('%I.%I', nspname, typname) FROM pg_namespace AS n WHERE n.oid = typnamespace) ELSE format_type(atttypid, NULL) END
                            FROM pg_class AS c JOIN pg_attribute ON attrelid = c.oid JOIN pg_type AS t ON t.oid = atttypid
                            WHERE relnamespace = to_regnamespace('realms') AND relname = ANY (?) AND attnum > 0 AND NOT attisdropped
                            """, (Object) tables)
                            .stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
