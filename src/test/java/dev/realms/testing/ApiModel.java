package dev.realms.testing;

import dev.realms.sql.TextResource;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** What the deployed {@code /openapi} says can be sent, and where to. */
public record ApiModel(List<Operation> operations) {

    /** @param body empty where none is taken */
    public record Operation(String method, String path, Optional<Body> body, List<String> query, List<String> headers) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    public record Body(String schema, Map<String, Property> properties, Set<String> required) {}

    /** @param type {@code string}, {@code integer}, {@code number}, {@code boolean} or {@code object}
     * @param format empty where there is none */
    public record Property(
            String type,
            String format,
            List<String> constants,
            OptionalDouble minimum,
            OptionalDouble maximum,
            int minLength,
            Optional<Integer> maxLength,
            Optional<String> pattern,
            boolean nullable) {}

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** As the build has written it. */
    public static ApiModel built() {
        return of(Api.object(TextResource.read("META-INF/openapi.json")));
    }

    public static ApiModel read(Api api) {
        return of(api.get("/openapi").json());
    }

    private static ApiModel of(JsonObject description) {
        JsonObject components = description.getJsonObject("components");
        List<Operation> operations = new ArrayList<>();
        description
                .getJsonObject("paths")
                .forEach((path, item) -> item.asJsonObject().forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        operations.add(operation(method, path, operation.asJsonObject(), components));
                    }
                }));
        return new ApiModel(operations);
    }

    /** The operations that take a body. */
    public List<Operation> writes() {
        return operations.stream()
                .filter(operation -> operation.body().isPresent())
                .toList();
    }

    private static Operation operation(String method, String path, JsonObject operation, JsonObject components) {
        List<JsonObject> parameters =
                operation.getOrDefault("parameters", JsonValue.EMPTY_JSON_ARRAY).asJsonArray().stream()
                        .map(JsonValue::asJsonObject)
                        .map(parameter -> parameter.containsKey("$ref")
                                ? components
                                        .getJsonObject("parameters")
                                        .getJsonObject(name(parameter.getString("$ref")))
                                : parameter)
                        .toList();
        return new Operation(
                method.toUpperCase(Locale.ROOT),
                path,
                Optional.ofNullable(operation.getJsonObject("requestBody"))
                        // Lines have no schema as a whole.
                        .filter(body -> !body.getJsonObject("content").containsKey("application/jsonl"))
                        .map(body -> body(body, components.getJsonObject("schemas"))),
                names(parameters, "query"),
                names(parameters, "header"));
    }

    private static List<String> names(List<JsonObject> parameters, String in) {
        return parameters.stream()
                .filter(parameter -> parameter.getString("in").equals(in))
                .map(parameter -> parameter.getString("name"))
                .toList();
    }

    private static Body body(JsonObject request, JsonObject schemas) {
        JsonObject media =
                request.getJsonObject("content").values().iterator().next().asJsonObject();
        String reference = media.getJsonObject("schema").getString("$ref");
        JsonObject schema = schemas.getJsonObject(name(reference));
        if (!schema.getBoolean("additionalProperties", true)) {
            Map<String, Property> properties = new LinkedHashMap<>();
            schema.getJsonObject("properties")
                    .forEach((name, property) -> properties.put(name, property(property.asJsonObject())));
            return new Body(name(reference), properties, new TreeSet<>(strings(schema.getJsonArray("required"))));
        }
        throw new AssertionError(reference + " is not described, or not closed");
    }

    private static Property property(JsonObject property) {
        List<String> types = property.get("type") instanceof JsonArray several
                ? strings(several)
                : List.of(property.getString("type"));
        return new Property(
                types.get(0),
                property.getString("format", ""),
                strings(property.getJsonArray("enum")),
                number(property.getJsonNumber("minimum")),
                number(property.getJsonNumber("maximum")),
                property.getInt("minLength", 0),
                Optional.ofNullable(property.getJsonNumber("maxLength")).map(JsonNumber::intValue),
                Optional.ofNullable(property.getJsonString("pattern")).map(JsonString::getString),
                types.contains("null"));
    }

    /** Null among them is none. */
    private static List<String> strings(JsonArray array) {
        return array == null
                ? List.of()
                : array.stream()
                        .filter(JsonString.class::isInstance)
                        .map(JsonString.class::cast)
                        .map(JsonString::getString)
                        .toList();
    }

    private static OptionalDouble number(JsonNumber number) {
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number.doubleValue());
    }

    private static String name(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
