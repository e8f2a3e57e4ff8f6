package dev.realms.web;

import dev.realms.testing.Api;
import dev.realms.testing.ApiModel.Operation;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestUser;
import dev.realms.testing.Tokens;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An administrator whose realm holds one of everything, and what every operation needs to be tried there. */
record Inhabited(Api api, String userId, String realmId, Map<String, List<String>> references) {

    private static final Map<String, String> ROWS = Map.of(
            "servers", "{\"name\": \"x\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1}",
            "databases", "{\"name\": \"$name\", \"serverId\": \"$server\"}",
            "documents", "{\"name\": \"x\", \"type\": \"t\"}",
            "jobs", "{\"documentId\": \"$document\"}",
            "api-keys", "{\"name\": \"x\"}");

    static Inhabited make(URI base) {
        TestUser neighbour = TestUser.signIn(base);
        Api api = Api.at(base).as(Tokens.of(UUID.randomUUID() + "@example.com", "ADMIN"));
        String realm = api.get("/api/realms/current").json().getString("id");
        Inhabited bare = new Inhabited(api, api.get("/api/me").json().getString("id"), realm, Map.of());
        String server = bare.make("servers");
        String document = bare.make("documents");
        Inhabited furnished = bare.with(Map.of("serverId", List.of(server), "documentId", List.of(document)));
        // What is not the caller's own is among them, to be refused.
        return furnished.with(Map.of(
                "serverId", List.of(server, bare.make("servers"), neighbour.make("servers", ROWS.get("servers"))),
                "documentId", List.of(document, neighbour.make("documents", ROWS.get("documents"))),
                "databaseId", List.of(furnished.make("databases"), furnished.make("databases")),
                "realmId", List.of(realm, bare.makeRealm(), neighbour.realmId()),
                "targetRealmId", List.of(realm, bare.makeRealm(), neighbour.realmId()),
                "currentRealmId", List.of(realm, bare.makeRealm(), neighbour.realmId())));
    }

    private Inhabited with(Map<String, List<String>> references) {
        return new Inhabited(api, userId, realmId, references);
    }

    /** The path of the operation, on a row that was just made for it. */
    String path(Operation operation) {
        String path = operation.path();
        if (path.matches("/api/realms/\\{realmId}(/(restore|default|stats|move))?")) {
            return path.replace("{realmId}", makeRealm());
        } else if (path.startsWith("/api/admin/users/{id}")) {
            return path.replace("{id}", makeUser());
        } else if (path.startsWith("/api/admin/migration/failed-chunks/{id}")) {
            return path.replace("{id}", makeFailedChunk());
        } else if (path.contains("{id}")) {
            return path.replace("{realmId}", realmId).replace("{id}", make(path.split("/")[4]));
        }
        return path.replace("{realmId}", realmId);
    }

    private String make(String collection) {
        String row = ROWS.get(collection)
                .replace("$name", UUID.randomUUID().toString())
                .replace(
                        "$server",
                        references.getOrDefault("serverId", List.of("")).get(0))
                .replace(
                        "$document",
                        references.getOrDefault("documentId", List.of("")).get(0));
        return created("/api/realms/" + realmId + "/" + collection, row);
    }

    private String makeRealm() {
        return created("/api/realms", "{\"name\": \"" + UUID.randomUUID() + "\"}");
    }

    private String makeUser() {
        return created("/api/admin/users", "{\"name\": \"x\", \"email\": \"" + UUID.randomUUID() + "@example.com\"}");
    }

    private static String makeFailedChunk() {
        String id = UUID.randomUUID().toString();
        TestDatabase.asOwner("INSERT INTO migration.failed_chunks (id, table_name, from_id, up_to_id, error, attempts)"
                + " VALUES ('%1$s', 'jobs', '%1$s', '%1$s', 'Made up.', 1)".formatted(id));
        return id;
    }

    private String created(String path, String body) {
        var answer = api.post(path, body);
        if (answer.status() != 201) {
            throw new AssertionError(answer.toString());
        }
        return answer.json().getString("id");
    }
}
