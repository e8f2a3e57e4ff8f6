package dev.realms.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.Endpoints;
import dev.realms.testing.Endpoints.Endpoint;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestUser;
import dev.realms.testing.Wars;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tries every endpoint on realms and rows of others: the answer must be the one for an id that was never given out. */
@ExtendWith(ArquillianExtension.class)
class EndpointsIT {

    /** Valid bodies, so that what fails is the realm and not the body. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("Patch", "{}"),
            Map.entry("UpdateRealm", "{\"name\": \"x\"}"),
            Map.entry("CreateServer", "{\"name\": \"x\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1}"),
            Map.entry("UpdateServer", "{\"name\": \"x\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1}"),
            Map.entry("CreateDatabase", "{\"name\": \"x\", \"serverId\": \"$servers\"}"),
            Map.entry("UpdateDatabase", "{\"name\": \"x\", \"serverId\": \"$servers\"}"),
            Map.entry("CreateDocument", "{\"name\": \"x\", \"type\": \"t\"}"),
            Map.entry("UpdateDocument", "{\"name\": \"x\", \"type\": \"t\"}"),
            Map.entry("CreateJob", "{\"documentId\": \"$documents\"}"),
            Map.entry("UpdateJob", "{\"documentId\": \"$documents\"}"),
            Map.entry("CreateApiKey", "{\"name\": \"x\"}"),
            Map.entry("UpdateApiKey", "{\"name\": \"x\"}"),
            Map.entry("RotateApiKey", "{}"));

    private static final List<Endpoint> ENDPOINTS =
            Endpoints.all().stream().filter(Endpoint::isInRealm).toList();

    @ArquillianResource
    private URI base;

    private TestUser user;
    private TestUser neighbour;
    private Map<String, String> mine;
    private Map<String, String> theirs;

    @Deployment(testable = false)
    static WebArchive onAnEmptyDatabase() {
        TestDatabase.resetToEmpty();
        return Wars.realms();
    }

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
        neighbour = TestUser.signIn(base);
        mine = rows(user);
        theirs = rows(neighbour);
    }

    @Test
    void findsTheEndpoints() {
        assertThat(ENDPOINTS).hasSizeGreaterThanOrEqualTo(7 + 5 * 6 + 2);
    }

    @Test
    void noRealmOfSomebodyElseExists() {
        for (Endpoint endpoint : ENDPOINTS) {
            var foreign = send(endpoint, neighbour.realmId(), theirs.get(endpoint.collection()));

            assertThat(foreign.status()).as("%s: %s", endpoint, foreign).isEqualTo(404);
            assertThat(foreign.json().getString("code")).isEqualTo("realm-not-found");
            assertSame(endpoint, foreign, send(endpoint, unknown(), theirs.get(endpoint.collection())));
        }
        assertUntouched();
    }

    @Test
    void noRowOfAnotherRealmExists() {
        String other = user.makeRealm("Other");

        for (Endpoint endpoint : ENDPOINTS.stream().filter(Endpoint::isRow).toList()) {
            var never = send(endpoint, other, unknown());

            assertThat(never.status()).as("%s: %s", endpoint, never).isEqualTo(404);
            assertThat(never.json().getString("code")).isEqualTo("not-found");
            assertSame(endpoint, send(endpoint, other, mine.get(endpoint.collection())), never);
            assertSame(endpoint, send(endpoint, other, theirs.get(endpoint.collection())), never);
        }
        assertUntouched();
    }

    @Test
    void anInactiveRealmHoldsNothingAndTakesNothing() {
        String inactive = user.makeRealm("Inactive");
        user.api().delete("/api/realms/" + inactive);

        for (Endpoint endpoint : ENDPOINTS.stream().filter(e -> !e.isRealm()).toList()) {
            String id = unknown();
            assertSame(endpoint, send(endpoint, inactive, id), send(endpoint, unknown(), id));
        }
    }

    @Test
    void whatIsNoIdIsNoRealm() {
        for (Endpoint endpoint : ENDPOINTS) {
            String id = unknown();
            assertSame(endpoint, send(endpoint, "default", id), send(endpoint, unknown(), id));
        }
    }

    @Test
    void aKeyOpensNoOtherRealmOfItsOwner() {
        String other = user.makeRealm("Other");
        String key = user.api()
                .post(user.path("/api-keys"), "{\"name\": \"k\"}")
                .json()
                .getString("key");
        Api program = Api.at(base).as(key);

        for (Endpoint endpoint : ENDPOINTS) {
            String id = unknown();
            var own = send(program, endpoint, other, id);
            var never = send(program, endpoint, unknown(), id);

            assertThat(own.status()).as("%s: %s", endpoint, own).isIn(403, 404);
            assertSame(endpoint, own, never);
        }
    }

    private Api.Answer send(Endpoint endpoint, String realmId, String id) {
        return send(user.api(), endpoint, realmId, id);
    }

    private Api.Answer send(Api api, Endpoint endpoint, String realmId, String id) {
        String body = endpoint.body().map(type -> body(type.getSimpleName())).orElse(null);
        return api.send(endpoint.method(), endpoint.path(realmId, id == null ? "" : id), body);
    }

    private String body(String type) {
        assertThat(BODIES).as("a body for the new endpoint").containsKey(type);
        return BODIES.get(type).replace("$servers", mine.get("servers")).replace("$documents", mine.get("documents"));
    }

    private static void assertSame(Endpoint endpoint, Api.Answer one, Api.Answer other) {
        assertThat(one.status()).as("%s: %s", endpoint, one).isEqualTo(other.status());
        assertThat(withoutInstance(one)).as("%s", endpoint).isEqualTo(withoutInstance(other));
        assertThat(one.header("WWW-Authenticate")).isEqualTo(other.header("WWW-Authenticate"));
    }

    private static Map<String, ?> withoutInstance(Api.Answer answer) {
        Map<String, Object> body = new HashMap<>(answer.json());
        assertThat(body.remove("instance")).isNotNull();
        return body;
    }

    /** The rows that were there still are, and have not changed since they were made. */
    private void assertUntouched() {
        assertUntouched(user, mine);
        assertUntouched(neighbour, theirs);
    }

    private static void assertUntouched(TestUser owner, Map<String, String> rows) {
        rows.forEach((collection, id) -> {
            var row = owner.api().get(owner.path("/" + collection + "/" + id));
            assertThat(row.status()).as(collection).isEqualTo(200);
            assertThat(row.json().get("updatedAt"))
                    .as(collection)
                    .isEqualTo(row.json().get("createdAt"));
        });
    }

    private static Map<String, String> rows(TestUser user) {
        Map<String, String> ids = new HashMap<>();
        ids.put("servers", user.make("servers", BODIES.get("CreateServer")));
        ids.put(
                "databases",
                user.make("databases", BODIES.get("CreateDatabase").replace("$servers", ids.get("servers"))));
        ids.put("documents", user.make("documents", BODIES.get("CreateDocument")));
        ids.put("jobs", user.make("jobs", BODIES.get("CreateJob").replace("$documents", ids.get("documents"))));
        ids.put("api-keys", user.make("api-keys", BODIES.get("CreateApiKey")));
        return ids;
    }

    private static String unknown() {
        return UUID.randomUUID().toString();
    }
}
