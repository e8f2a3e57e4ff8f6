package dev.realms.web.json;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Records as JSON objects: a member for each component, in order, nulls included. */
public final class Records {

    /** Asked for once: each method of {@code Json} looks through the whole class path for it. */
    public static final JsonProvider JSON = JsonProvider.provider();

    private Records() {}

    public static JsonObject json(Record source) {
        JsonObjectBuilder json = JSON.createObjectBuilder();
        RecordShape shape = RecordShape.of(source.getClass());
        for (int i = 0; i < shape.size(); i++) {
            json.add(shape.name(i), value(shape.value(i, source)));
        }
        return json.build();
    }

    /** The text of {@link #json}. */
    public static String text(Record source) {
        return JsonText.of(source);
    }

    /** How many characters its texts have together. */
    public static int length(Record source) {
        RecordShape shape = RecordShape.of(source.getClass());
        return length(IntStream.range(0, shape.size())
                .mapToObj(component -> shape.value(component, source))
                .toArray());
    }

    /** The same of the values that a record is to be made of. */
    public static int length(Object[] values) {
        int length = 0;
        for (Object value : values) {
            if (value instanceof String text) {
                length += text.length();
            }
        }
        return length;
    }

    /** The names of a record's components, in order. */
    public static List<String> names(Class<? extends Record> type) {
        return RecordShape.of(type).names();
    }

    /** @param values in the order of the components */
    public static <T extends Record> T make(Class<T> type, Object[] values) {
        return type.cast(RecordShape.of(type).make(values));
    }

    /** An object that was written by {@link #json} or by the database. */
    public static JsonObject parse(String text) {
        try (JsonReader reader = JSON.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static JsonValue value(Object value) {
        if (value == null) {
            return JsonValue.NULL;
        } else if (value instanceof JsonValue json) {
            return json;
        } else if (value instanceof Record record) {
            return json(record);
        } else if (value instanceof List<?> list) {
            JsonArrayBuilder array = JSON.createArrayBuilder();
            list.forEach(item -> array.add(value(item)));
            return array.build();
        } else if (value instanceof Map<?, ?> map) {
            JsonObjectBuilder object = JSON.createObjectBuilder();
            map.forEach((key, item) -> object.add(key.toString(), value(item)));
            return object.build();
        } else if (value instanceof Boolean bool) {
            return bool ? JsonValue.TRUE : JsonValue.FALSE;
        } else if (value instanceof Integer number) {
            return JSON.createValue(number);
        } else if (value instanceof Long number) {
            return JSON.createValue(number);
        } else if (value instanceof Double number) {
            return JSON.createValue(number);
        }
        return JSON.createValue(value.toString());
    }
}
