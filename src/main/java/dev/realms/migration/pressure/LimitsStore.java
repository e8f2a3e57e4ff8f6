package dev.realms.migration.pressure;

import dev.realms.web.json.RecordJson;
import dev.realms.web.problem.DomainException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.lang.reflect.RecordComponent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Keeps what operators have set in the database, so that it holds on every node and through every restart. */
public final class LimitsStore {

    private LimitsStore() {}

    public static Limits read(Connection connection) throws SQLException {
        Map<String, Integer> values = new HashMap<>();
        RecordJson.json(Limits.DEFAULT).forEach((name, value) -> values.put(name, Integer.valueOf(value.toString())));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name, value FROM migration.limits")) {
            while (row.next()) {
                values.put(row.getString(1), row.getObject(2, Integer.class));
            }
        }
        return limits(values);
    }

    /** Of those who change limits at once, each sees what the others have set; to be called in a transaction. */
    public static Limits lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE migration.limits IN SHARE ROW EXCLUSIVE MODE");
        }
        return read(connection);
    }

    /**
     * @param names those that are set; the others stay as they are
     * @throws DomainException {@code validation}
     */
    public static void write(Connection connection, Limits limits, Set<String> names) throws SQLException {
        if (limits.floorRows() > limits.ceilingRows()) {
            throw DomainException.invalid("floorRows", "must not be above ceilingRows");
        }
        JsonObject values = RecordJson.json(limits);
        try (PreparedStatement upsert =
                connection.prepareStatement("INSERT INTO migration.limits (name, value) VALUES (?, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET value = excluded.value")) {
            for (String name : names) {
                upsert.setString(1, name);
                if (values.get(name) == JsonValue.NULL) {
                    upsert.setNull(2, Types.INTEGER);
                } else {
                    upsert.setInt(2, values.getInt(name));
                }
                upsert.executeUpdate();
            }
        }
    }

    private static Limits limits(Map<String, Integer> values) {
        RecordComponent[] components = Limits.class.getRecordComponents();
        Object[] arguments = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = values.get(components[i].getName());
            types[i] = Integer.class;
        }
        try {
            return Limits.class.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
