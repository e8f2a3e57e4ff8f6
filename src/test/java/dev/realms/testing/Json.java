package dev.realms.testing;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.regex.Pattern;

/** Whole JSON bodies, compared by value: what differs from run to run is masked. */
public final class Json {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TIME = Pattern.compile("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z");

    private Json() {}

    public static JsonValue of(String text) {
        try (var reader = jakarta.json.Json.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }

    /** The value with {@code <id>} for each id and {@code <time>} for each instant. */
    public static JsonValue masked(JsonValue value) {
        if (value instanceof JsonObject object) {
            JsonObjectBuilder masked = jakarta.json.Json.createObjectBuilder();
            object.forEach((name, member) -> masked.add(name, masked(member)));
            return masked.build();
        } else if (value instanceof JsonArray array) {
            JsonArrayBuilder masked = jakarta.json.Json.createArrayBuilder();
            array.forEach(item -> masked.add(masked(item)));
            return masked.build();
        } else if (value instanceof JsonString string) {
            String text = ID.matcher(string.getString()).replaceAll("<id>");
            return jakarta.json.Json.createValue(TIME.matcher(text).replaceAll("<time>"));
        }
        return value;
    }
}
