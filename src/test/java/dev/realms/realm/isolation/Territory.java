package dev.realms.realm.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.Endpoints;
import dev.realms.testing.Endpoints.Endpoint;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A realm with rows of everything in it, another realm of its owner, and requests about them as the owner sends them. */
record Territory(Api api, String realmId, String otherRealmId, Map<String, String> rows) {

    /** Which collection a member of a body, or a parameter of a query, refers to. */
    static final Map<String, String> REFERENCES =
            Map.of("serverId", "servers", "databaseId", "databases", "documentId", "documents");

    private static final List<String> COLLECTIONS = List.of("servers", "databases", "documents", "jobs", "api-keys");

    /** Valid bodies, so that what fails is the id and not the body. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("Patch", "{}"),
            Map.entry("SwitchRealm", "{\"realmId\": \"$realm\"}"),
            Map.entry("UpdateUserSettings", """
                    {"theme": "DARK", "language": "en", "notifications": true, "autoSave": true}"""),
            Map.entry("CreateRealm", "{\"name\": \"$name\"}"),
            Map.entry("UpdateRealm", "{\"name\": \"$name\"}"),
            Map.entry("CreateServer", "{\"name\": \"$name\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1}"),
            Map.entry("UpdateServer", "{\"name\": \"$name\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1}"),
            Map.entry("CreateDatabase", "{\"name\": \"$name\", \"serverId\": \"$servers\"}"),
            Map.entry("UpdateDatabase", "{\"name\": \"$name\", \"serverId\": \"$servers\"}"),
            Map.entry("CreateDocument", "{\"name\": \"$name\", \"type\": \"t\", \"databaseId\": \"$databases\"}"),
            Map.entry("UpdateDocument", "{\"name\": \"$name\", \"type\": \"t\", \"databaseId\": \"$databases\"}"),
            Map.entry("CreateJob", "{\"documentId\": \"$documents\"}"),
            Map.entry("UpdateJob", "{\"documentId\": \"$documents\"}"),
            Map.entry("CreateApiKey", "{\"name\": \"$name\"}"),
            Map.entry("UpdateApiKey", "{\"name\": \"$name\"}"),
            Map.entry("RotateApiKey", "{}"),
            Map.entry("MoveRows", """
                    {"targetRealmId": "$other", "documents": ["$documents"], "detach": true, "dryRun": true}"""));

    static Territory fill(Api api, String realmId) {
        String other = api.post("/api/realms", "{\"name\": \"%s\"}".formatted(UUID.randomUUID()))
                .json()
                .getString("id");
        return fill(api, realmId, other);
    }

    /** Makes two rows of everything, so that each list has more than one page; the ids are those of the second ones. */
    static Territory fill(Api api, String realmId, String otherRealmId) {
        Territory filled = new Territory(api, realmId, otherRealmId, new HashMap<>());
        for (int i = 0; i < 2; i++) {
            for (String collection : COLLECTIONS) {
                Endpoint create = endpoint("POST", "/api/realms/{realmId}/" + collection);
                Api.Answer made = filled.send(create);
                assertThat(made.status()).as("%s", made).isEqualTo(201);
                filled.rows.put(collection, made.json().getString("id"));
            }
        }
        return filled;
    }

    /** Empties the realm and deletes it; what were its ids now are those of things in an inactive realm. */
    Territory abandon() {
        for (String collection : COLLECTIONS) {
            items(collection).forEach(id -> api.delete("/api/realms/" + realmId + "/" + collection + "/" + id));
        }
        assertThat(api.delete("/api/realms/" + realmId).status()).isEqualTo(204);
        return this;
    }

    /** To this realm and its rows. */
    Api.Answer send(Endpoint endpoint) {
        return send(api, endpoint, body(endpoint));
    }

    Api.Answer send(Api as, Endpoint endpoint, String body) {
        return as.send(endpoint.method(), path(endpoint), body);
    }

    /** With this id in one member of the body, and all else valid. */
    Api.Answer send(Endpoint endpoint, String member, String id) {
        JsonObjectBuilder body = Json.createObjectBuilder();
        parse(body(endpoint)).forEach(body::add);
        return send(api, endpoint, body.add(member, id).build().toString());
    }

    String path(Endpoint endpoint) {
        return endpoint.path(realmId, rows.getOrDefault(endpoint.collection(), ""));
    }

    /** A valid body about this realm's rows; null for none. */
    String body(Endpoint endpoint) {
        return endpoint.body()
                .map(Class::getSimpleName)
                .map(type -> {
                    assertThat(BODIES).as("a body for the new %s", endpoint).containsKey(type);
                    return fillIn(BODIES.get(type));
                })
                .orElse(null);
    }

    /** The tag of what the endpoint is about. */
    String tag(Endpoint endpoint) {
        String path = path(endpoint).replaceAll("/(restore|default|rotate|revoke)$", "");
        Api.Answer read = api.get(path);
        return read.header("ETag").orElseThrow(() -> new AssertionError(path + ": " + read));
    }

    /** The cursor behind the first of a list's rows. */
    String cursor(Endpoint list) {
        Api.Answer page = api.get(path(list) + "?limit=1");
        assertThat(page.status()).as("%s: %s", list, page).isEqualTo(200);
        assertThat(page.json().isNull("nextCursor")).as("%s", page).isFalse();
        return page.json().getString("nextCursor");
    }

    /** The members of the endpoint's body that are ids. A patch has those of the update that it is a part of. */
    static List<String> ids(Endpoint endpoint) {
        Optional<Class<?>> body = endpoint.body()
                        .filter(type -> type.getSimpleName().equals("Patch"))
                        .isPresent()
                ? Endpoints.all().stream()
                        .filter(other ->
                                other.method().equals("PUT") && other.template().equals(endpoint.template()))
                        .findFirst()
                        .flatMap(Endpoint::body)
                : endpoint.body();
        return body.stream()
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .filter(Territory::isId)
                .map(RecordComponent::getName)
                .toList();
    }

    static Endpoint endpoint(String method, String template) {
        return Endpoints.all().stream()
                .filter(endpoint ->
                        endpoint.method().equals(method) && endpoint.template().equals(template))
                .findFirst()
                .orElseThrow();
    }

    private List<String> items(String collection) {
        return api
                .get("/api/realms/" + realmId + "/" + collection)
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(row -> row.getString("id"))
                .toList();
    }

    private String fillIn(String body) {
        String filled = body.replace("$name", UUID.randomUUID().toString())
                .replace("$realm", realmId)
                .replace("$other", otherRealmId);
        for (Map.Entry<String, String> row : rows.entrySet()) {
            filled = filled.replace("$" + row.getKey(), row.getValue());
        }
        return filled;
    }

    private static boolean isId(RecordComponent component) {
        return component.getName().endsWith("Id");
    }

    private static JsonObject parse(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}
