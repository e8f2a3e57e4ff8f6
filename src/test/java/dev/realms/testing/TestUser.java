package dev.realms.testing;

import java.net.URI;
import java.util.UUID;

/** Somebody new who is signed in, with what the tests need most: calls in their name and in their default realm. */
public record TestUser(String id, String realmId, Api api) {

    public static TestUser signIn(URI base) {
        Api api = Api.at(base).as(Tokens.of(UUID.randomUUID() + "@example.com", "USER"));
        return new TestUser(
                api.get("/api/me").json().getString("id"),
                api.get("/api/realms/current").json().getString("id"),
                api);
    }

    /** The path of something in the default realm. */
    public String path(String rest) {
        return "/api/realms/" + realmId + rest;
    }

    /** Makes a realm beside the default one and answers its id. */
    public String makeRealm(String name) {
        return created(api.post("/api/realms", "{\"name\": \"%s\"}".formatted(name)));
    }

    /** Makes what the JSON says in a collection of the default realm and answers its id. */
    public String make(String collection, String json) {
        return created(api.post(path("/" + collection), json));
    }

    private static String created(Api.Answer answer) {
        if (answer.status() != 201) {
            throw new AssertionError(answer.toString());
        }
        return answer.json().getString("id");
    }
}
