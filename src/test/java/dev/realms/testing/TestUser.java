package dev.realms.testing;

import java.net.URI;
import java.util.UUID;

/** Somebody new who is signed in, with what the tests need most: calls in their name and in their default realm. */
@InServer
public record TestUser(String id, String realmId, String token, Api api) {

    public static TestUser signIn(URI base) {
        String token = Tokens.of(UUID.randomUUID() + "@example.com", "USER");
        Api api = Api.at(base).as(token);
        return new TestUser(
                api.get("/api/me").json().getString("id"),
                api.get("/api/realms/current").json().getString("id"),
                token,
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
