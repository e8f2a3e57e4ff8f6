package dev.realms.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.Json;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import dev.realms.testing.Tokens;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A walk through the API, whose bodies are the examples of its description. With {@code REALMS_EXAMPLES=write} in the environment they are
 * written anew; else those that are there must have the members of today.
 */
@OnDatabase(DatabaseState.FINALIZED)
class ApiExamplesIT {

    private static final Path EXAMPLES = Path.of("src/main/openapi/examples");
    private static final boolean WRITE = "write".equals(System.getenv("REALMS_EXAMPLES"));
    private static final JsonWriterFactory PRETTY =
            jakarta.json.Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));

    private final URI base = TestServer.base();
    private final Api admin = Api.at(base).as(Tokens.of("operator@example.com", "ADMIN"));

    @Test
    void ofWhatARealmHolds() throws IOException {
        TestUser user = TestUser.signIn(base);
        Api api = user.api();
        String realm = made("Realm", api, "/api/realms", """
                {"name": "Lab", "description": "What is tried out"}""");
        String in = "/api/realms/" + realm;
        String server = made("Server", api, in + "/servers", """
                {"name": "vectors", "type": "QDRANT", "host": "q.internal", "port": 6333, "password": "fake", "isActive": true}""");
        String database = made("Database", api, in + "/databases", """
                {"name": "papers", "description": "What has been published", "serverId": "%s"}""".formatted(server));
        String document = made("Document", api, in + "/documents", """
                {"name": "thesis.pdf", "type": "application/pdf", "databaseId": "%s"}""".formatted(database));
        String job = made("Job", api, in + "/jobs", "{\"documentId\": \"%s\"}".formatted(document));

        changed("Realm", api, in, """
                {"name": "Lab", "description": "What is tried out first", "isActive": true}""", """
                {"description": null}""");
        changed("Server", api, in + "/servers/" + server, """
                {"name": "vectors", "type": "QDRANT", "host": "q2.internal", "port": 6333, "isActive": true}""", """
                {"host": "q.internal"}""");
        changed("Database", api, in + "/databases/" + database, """
                {"name": "papers", "description": "All of them", "serverId": "%s"}""".formatted(server), """
                {"description": "What has been published"}""");
        changed("Document", api, in + "/documents/" + document, """
                {"name": "thesis.pdf", "type": "application/pdf", "state": "INGESTING", "databaseId": "%s"}""".formatted(database), """
                {"state": "INGESTED", "chunks": 118, "quality": 0.93}""");
        changed("Job", api, in + "/jobs/" + job, """
                {"documentId": "%s", "status": "PROCESSING", "percentage": 40}""".formatted(document), """
                {"percentage": 80}""");
        keep("RealmStats", api.get(in + "/stats").json());
        String move = "{\"targetRealmId\": \"%s\", \"documents\": [\"%s\"], \"detach\": true}"
                .formatted(user.realmId(), document);
        keep("MoveRows", move);
        keep("RealmMove", api.post(in + "/move", move).json());
        String lines = api.get(in + "/export").body();
        keep(
                "RealmImport",
                api.with("Content-Type", "application/jsonl")
                        .post("/api/realms/import?name=Copy", lines)
                        .json());
        keep(
                "RealmEventView",
                api.get(in + "/events").json().getJsonArray("items").getJsonObject(0));
    }

    @Test
    void ofKeysAndPeople() throws IOException {
        TestUser user = TestUser.signIn(base);
        Api api = user.api();
        String keys = user.path("/api-keys");
        String create = "{\"name\": \"pipeline\", \"access\": \"WRITE\"}";
        keep("CreateApiKey", create);
        JsonObject key = api.post(keys, create).json();
        keep(
                "NewApiKey",
                Json.of(key.toString().replace(key.getString("key"), key.getString("prefix") + "…"))
                        .asJsonObject());
        String path = keys + "/" + key.getString("id");
        changed("ApiKey", api, path, """
                {"name": "pipeline", "expiresAt": "2030-01-01T00:00:00Z"}""", """
                {"expiresAt": null}""");
        keep("ApiKeyView", api.get(path).json());
        String rotate = "{\"graceSeconds\": 3600}";
        keep("RotateApiKey", rotate);
        assertThat(api.post(path + "/rotate", rotate).status()).isEqualTo(200);

        changed("UserSettings", api, "/api/me/settings", """
                {"theme": "DARK", "language": "en", "notifications": true, "autoSave": true, "defaultDatabase": null}""", """
                {"language": "pt-BR"}""");
        keep("UserSettingsView", api.get("/api/me/settings").json());
        String there = "{\"realmId\": \"%s\"}".formatted(user.realmId());
        keep("SwitchRealm", there);
        assertThat(api.post("/api/realms/switch", there).status()).isEqualTo(200);

        String email = "ada-%s@example.com".formatted(UUID.randomUUID());
        String ada = made("User", admin, "/api/admin/users", """
                {"name": "Ada", "email": "%s", "role": "USER"}""".formatted(email));
        patched("User", admin, "/api/admin/users/" + ada, "{\"role\": \"VIEWER\"}");
        String mint = "{\"email\": \"%s\", \"ttlSeconds\": 600}".formatted(email);
        keep("MintToken", mint);
        assertThat(admin.post("/api/admin/tokens", mint).status()).isEqualTo(200);
        keep("SignInView", Api.at(base).get("/api/sign-in").json());
    }

    @Test
    void ofWhatOperatorsSee() throws IOException {
        keep("Limits", admin.get("/api/admin/migration/limits").json());
        patched(
                "Limits",
                admin,
                "/api/admin/migration/limits",
                "{\"targetMilliseconds\": 100, \"activeSessions\": null}");
        assertThat(admin.patch("/api/admin/migration/limits", "{\"activeSessions\": 50}")
                        .status())
                .isEqualTo(200);
        keep("SecretKeyView", admin.get("/api/admin/secret-key").json());
    }

    @Test
    void ofProblems() throws IOException {
        TestUser user = TestUser.signIn(base);
        Api api = user.api();
        String realm = "/api/realms/" + user.realmId();
        api.post("/api/realms", "{\"name\": \"Lab\"}");
        String path = realm + "/servers/"
                + user.make("servers", "{\"name\": \"s\", \"type\": \"NEO4J\", \"host\": \"h\", \"port\": 1}");
        String key =
                api.post(realm + "/api-keys", "{\"name\": \"program\"}").json().getString("key");

        problem("validation", api.post(realm + "/servers", "{\"name\": \"s\", \"port\": 0}"));
        problem("unauthenticated", Api.at(base).as("nobody").get("/api/me"));
        problem("forbidden", Api.at(base).as(key).delete(realm));
        problem("not-found", api.get(realm + "/documents/" + UUID.randomUUID()));
        problem("realm-not-found", api.get("/api/realms/" + UUID.randomUUID()));
        problem("not-acceptable", api.with("Accept", "text/csv").get("/api/me"));
        problem("realm-name-taken", api.post("/api/realms", "{\"name\": \"LAB\"}"));
        problem("default-realm", api.delete(realm));
        problem("stale", api.with("If-Match", "\"old\"").delete(path));
        problem("unsupported-media-type", api.with("Content-Type", "text/plain").post(realm + "/servers", "s"));
        api.with("Idempotency-Key", "7f3a").post("/api/realms", "{\"name\": \"A\"}");
        problem("idempotency-key-reused", api.with("Idempotency-Key", "7f3a").post("/api/realms", "{\"name\": \"B\"}"));
    }

    private static void problem(String code, Api.Answer answer) throws IOException {
        JsonObject problem = answer.json();
        assertThat(problem.getString("code")).as(answer.toString()).isEqualTo(code);
        Path file = EXAMPLES.resolve("problems.json");
        JsonObjectBuilder all = jakarta.json.Json.createObjectBuilder(
                Json.of(Files.readString(file)).asJsonObject());
        keep("problems", all.add(code, problem).build());
    }

    private static String made(String kind, Api api, String collection, String body) throws IOException {
        keep("Create" + kind, body);
        JsonObject view = api.post(collection, body).json();
        keep(kind + "View", view);
        return view.getString("id");
    }

    private static void changed(String kind, Api api, String path, String update, String patch) throws IOException {
        keep("Update" + kind, update);
        assertThat(api.put(path, update).status()).isEqualTo(200);
        patched(kind, api, path, patch);
    }

    private static void patched(String kind, Api api, String path, String patch) throws IOException {
        keep("Patch" + kind, patch);
        assertThat(api.patch(path, patch).status()).isEqualTo(200);
    }

    private static void keep(String schema, String body) throws IOException {
        keep(schema, Json.of(body).asJsonObject());
    }

    private static void keep(String schema, JsonObject body) throws IOException {
        Path file = EXAMPLES.resolve(schema + ".json");
        if (WRITE) {
            StringWriter text = new StringWriter();
            PRETTY.createWriter(text).write(body);
            Files.writeString(file, text.toString().strip() + "\n");
        } else {
            assertThat(Json.of(Files.readString(file)).asJsonObject().keySet())
                    .as(schema)
                    .isEqualTo(body.keySet());
        }
    }
}
