package dev.realms.web.json;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes records as JSON objects: a member for each component, in order, nulls included. Nothing else writes what callers see. */
public final class RecordJson {

    /** What was not finished is not to look as if it were: nothing is closed but by what writes it. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .build();

    /** Asked for once: each method of {@code Json} looks through the whole class path for it. */
    private static final JsonProvider OBJECTS = JsonProvider.provider();

    private RecordJson() {}

    /** In UTF-8. */
    public static byte[] bytes(Record source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        write(source, bytes);
        return bytes.toByteArray();
    }

    public static String text(Record source) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            value(json, source);
        }
        return text.toString();
    }

    /** As it goes, some kilobytes at a time. Leaves the stream open. */
    static void write(Record source, OutputStream out) {
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            value(json, source);
        }
    }

    /** The object that the record is written as. */
    public static JsonObject json(Record source) {
        return parse(text(source));
    }

    /** An object that was written here or by the database. */
    public static JsonObject parse(String text) {
        try (JsonReader reader = OBJECTS.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    @SuppressWarnings("unchecked")
    static JsonObject object(Map<?, ?> members) {
        return OBJECTS.createObjectBuilder((Map<String, Object>) members).build();
    }

    /** How many characters its texts have together. */
    public static int length(Record source) {
        RecordType type = RecordType.of(source.getClass());
        int length = 0;
        for (int i = 0; i < type.size(); i++) {
            if (type.value(i, source) instanceof String text) {
                length += text.length();
            }
        }
        return length;
    }

    /** Classes before interfaces: that a value is of a class is seen at once, that it is of no interface takes a search. */
    private static void value(JsonGenerator json, Object value) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof Integer || value instanceof Long) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Record source) {
            members(json, source);
        } else if (value instanceof JsonValue) {
            json.writeRawValue(value.toString());
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            list.forEach(item -> value(json, item));
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            map.forEach((name, member) -> value(json.writeName(name.toString()), member));
            json.writeEndObject();
        } else {
            json.writeString(value.toString());
        }
    }

    private static void members(JsonGenerator json, Record source) {
        RecordType type = RecordType.of(source.getClass());
        json.writeStartObject();
        for (int i = 0; i < type.size(); i++) {
            value(json.writeName(type.name(i)), type.value(i, source));
        }
        json.writeEndObject();
    }
}
