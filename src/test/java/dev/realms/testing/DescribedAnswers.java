package dev.realms.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.realms.sql.TextResource;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonPatchBuilder;
import jakarta.json.JsonPointer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the API's description says of answers. Those that it does not describe, by path, verb, status, header or body, are failures. Read
 * from what the build has written, which is what {@code /openapi} answers.
 */
final class DescribedAnswers {

    private static final String API = "urn:realms:api";

    /** Headers that the description speaks of where they can occur. */
    private static final List<String> HEADERS = List.of("ETag", "Location", "Retry-After", "WWW-Authenticate");

    /** Spelled so that only the service knows which path is meant; and what the tests bring with them. */
    private static final Pattern STRANGE = Pattern.compile("[%;]|//|/\\.|/trial\\b");

    /** @param fits whether a path is one of these; @param pointer to the path in the description */
    private record Described(Pattern fits, String pointer, JsonObject operations) {}

    private final JsonObject api;
    private final List<Described> paths;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    DescribedAnswers() {
        api = closed(Api.object(TextResource.read("META-INF/openapi.json")));
        paths = api.getJsonObject("paths").entrySet().stream()
                .sorted(Comparator.comparing(path -> path.getKey().contains("{")))
                .map(path -> new Described(
                        Pattern.compile(path.getKey().replaceAll("\\{\\w+}", "[^/]+") + "/?"),
                        "/paths/" + escaped(path.getKey()),
                        path.getValue().asJsonObject()))
                .toList();
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(API, api.toString())));
    }

    /** @throws AssertionError when the description says something else */
    void require(HttpResponse<?> answer) {
        URI address = answer.request().uri();
        String verb = answer.request().method().toLowerCase(Locale.ROOT);
        if (STRANGE.matcher(address.getRawPath()).find() || verb.equals("options") || isServersOwn(answer)) {
            return;
        }
        String what = verb + " " + address.getRawPath() + ": " + answer.statusCode();
        Optional<Described> path = paths.stream()
                .filter(one -> one.fits().matcher(address.getRawPath()).matches())
                .findFirst();
        String described = verb.equals("head") ? "get" : verb;
        if (path.isEmpty() || !path.get().operations().containsKey(described)) {
            boolean ours = path.isPresent() || address.getRawPath().startsWith("/api/");
            assertThat(!ours || answer.statusCode() >= 400)
                    .as("%s, where /openapi has no such operation", what)
                    .isTrue();
            return;
        }
        require(answer, what, path.get().pointer() + "/" + described + "/responses/", verb.equals("head"));
    }

    /**
     * While it starts and ends, and of what it takes for no request, a server answers with a page of its own, or with nothing. That it never
     * does otherwise is for others to see.
     */
    private static boolean isServersOwn(HttpResponse<?> answer) {
        return answer.statusCode() >= 400
                && answer.headers()
                        .firstValue("Content-Type")
                        .filter(type -> !type.startsWith("text/html"))
                        .isEmpty();
    }

    private void require(HttpResponse<?> answer, String what, String responses, boolean head) {
        int status = answer.statusCode();
        String pointer = Stream.of(Integer.toString(status), status / 100 + "XX")
                .map(key -> responses + key)
                .filter(one -> Json.createPointer(one).containsValue(api))
                .findFirst()
                .map(this::resolved)
                .orElseThrow(
                        () -> new AssertionError(what + ", a status that /openapi does not have: " + answer.body()));
        JsonObject response = at(pointer);
        JsonObject headers =
                response.getOrDefault("headers", JsonObject.EMPTY_JSON_OBJECT).asJsonObject();
        for (String header : HEADERS) {
            assertThat(answer.headers().firstValue(header).isPresent())
                    .as("%s, header %s", what, header)
                    .isEqualTo(headers.containsKey(header));
        }
        JsonObject content =
                response.getOrDefault("content", JsonObject.EMPTY_JSON_OBJECT).asJsonObject();
        if (!head && !content.isEmpty()) {
            String type =
                    answer.headers().firstValue("Content-Type").orElse("none").replaceFirst(";.*", "");
            assertThat(content).as("%s, type", what).containsKey(type);
            if (type.endsWith("json")) {
                String schema = pointer + "/content/" + escaped(type) + "/schema";
                text(answer)
                        .ifPresent(body -> assertThat(schema(schema).validate(body, InputFormat.JSON))
                                .as("%s, by %s: %s", what, schema, body)
                                .isEmpty());
            }
        }
    }

    /** Empty where the body was read in pieces, or compressed. */
    private static Optional<String> text(HttpResponse<?> answer) {
        if (answer.headers().firstValue("Content-Encoding").isPresent()) {
            return Optional.empty();
        } else if (answer.body() instanceof byte[] bytes) {
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        }
        return Optional.of(answer.body()).filter(String.class::isInstance).map(String.class::cast);
    }

    private Schema schema(String pointer) {
        return schemas.computeIfAbsent(pointer, one -> registry.getSchema(SchemaLocation.of(API + "#" + one)));
    }

    /** Callers must be ready for new members of answers, but here each one has to be described. */
    private static JsonObject closed(JsonObject api) {
        JsonPatchBuilder closing = Json.createPatchBuilder();
        api.getJsonObject("components").getJsonObject("schemas").forEach((name, schema) -> {
            JsonObject members = schema.asJsonObject();
            if (members.containsKey("properties") && !members.containsKey("additionalProperties")) {
                closing.add("/components/schemas/" + name + "/additionalProperties", false);
            }
        });
        return closing.build().apply(api);
    }

    private JsonObject at(String pointer) {
        JsonPointer found = Json.createPointer(pointer);
        return found.getValue(api).asJsonObject();
    }

    private String resolved(String pointer) {
        String reference = at(pointer).getString("$ref", "");
        return reference.isEmpty() ? pointer : reference.substring(1);
    }

    private static String escaped(String path) {
        return path.replace("~", "~0").replace("/", "~1");
    }
}
