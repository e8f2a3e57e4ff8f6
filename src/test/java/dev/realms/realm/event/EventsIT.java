package dev.realms.realm.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.Api.Answer;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import dev.realms.testing.Tokens;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens in realms is written down, and read by those who may open them. */
@OnDatabase(DatabaseState.FINALIZED)
class EventsIT {

    private static final String READER = "{\"name\": \"reader\", \"access\": \"READ\"}";

    private final URI base = TestServer.base();

    private TestUser user;

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
    }

    @Test
    void tellsWhatBecameOfARealmNewestFirst() {
        String work = user.makeRealm("Work");
        String events = "/api/realms/" + work + "/events";
        user.api().patch("/api/realms/" + work, "{\"name\": \"Lab\", \"description\": \"d\"}");
        user.api().send("PUT", "/api/realms/" + work + "/default", null);
        user.api().send("PUT", user.path("/default"), null);
        user.api().delete("/api/realms/" + work);
        user.api().post("/api/realms/" + work + "/restore");

        assertThat(kinds(user.api(), events))
                .containsExactly(
                        "realm-restored",
                        "realm-deleted",
                        "default-lost",
                        "default-gained",
                        "realm-renamed",
                        "realm-made");
        assertThat(kinds(user.api(), user.path("/events"))).containsExactly("default-gained", "default-lost");
        JsonObject renamed = list(user.api(), events + "?kind=realm-renamed").get(0);
        assertThat(renamed.getJsonObject("details").toString())
                .isEqualTo("{\"name\":\"Lab\",\"previousName\":\"Work\"}");
        assertThat(renamed.getJsonObject("actor").toString())
                .isEqualTo("{\"userId\":\"%s\",\"apiKeyId\":null,\"prefix\":null}".formatted(user.id()));
    }

    @Test
    void theFirstRealmOfAUserIsMadeInTheirName() {
        Api admin = Api.at(base).as(Tokens.of("operator@example.com", "ADMIN"));
        String email = UUID.randomUUID() + "@example.com";
        String id = admin.post("/api/admin/users", "{\"name\": \"Ada\", \"email\": \"%s\"}".formatted(email))
                .json()
                .getString("id");
        Api ada = Api.at(base)
                .as(admin.post("/api/admin/tokens", "{\"email\": \"%s\", \"ttlSeconds\": 60}".formatted(email))
                        .json()
                        .getString("token"));
        String realm = ada.get("/api/realms/current").json().getString("id");

        List<JsonObject> events = list(ada, "/api/realms/" + realm + "/events");

        assertThat(events).hasSize(1);
        assertThat(events.get(0).getString("kind")).isEqualTo("realm-made");
        assertThat(events.get(0).getJsonObject("actor").getString("userId")).isEqualTo(id);
        assertThat(admin.delete("/api/admin/users/" + id).status()).isEqualTo(204);
        assertThat(TestDatabase.query("SELECT count(*) FROM realm_events WHERE realm_id = '%s'".formatted(realm)))
                .isEqualTo("0");
    }

    @Test
    void tellsWhatBecameOfAKeyAndNoSecret() {
        JsonObject made = key("{\"name\": \"ci\"}");
        String path = user.path("/api-keys/" + made.getString("id"));
        JsonObject rotated =
                user.api().post(path + "/rotate", "{\"graceSeconds\": 60}").json();
        user.api().patch(path, "{\"name\": \"cd\"}");
        user.api().post(path + "/revoke");
        user.api().delete(path);

        Answer answer = user.api().get(user.path("/events"));

        assertThat(kinds(user.api(), user.path("/events")))
                .containsExactly("key-deleted", "key-revoked", "key-rotated", "key-made");
        assertThat(answer.body())
                .contains(made.getString("prefix"), rotated.getString("prefix"))
                .doesNotContain(made.getString("key"), rotated.getString("key"), "sha256");
        assertThat(answer.header("Cache-Control")).hasValue("private, no-store");
    }

    @Test
    void tellsBothRealmsOfRowsThatMoved() {
        String work = user.makeRealm("Work");
        user.make("documents", "{\"name\": \"o\", \"type\": \"t\"}");
        String body = "{\"targetRealmId\": \"%s\", \"everything\": true%s}";

        user.api().post(user.path("/move"), body.formatted(work, ", \"dryRun\": true"));
        user.api().post(user.path("/move"), body.formatted(work, ""));
        user.api().post(user.path("/move"), body.formatted(work, ""));

        assertThat(list(user.api(), user.path("/events?kind=rows-moved-out")))
                .extracting(event -> event.getJsonObject("details").toString())
                .containsExactly("{\"jobs\":0,\"realmId\":\"%s\",\"servers\":0,\"databases\":0,\"documents\":1}"
                        .formatted(work));
        assertThat(list(user.api(), "/api/realms/" + work + "/events?kind=rows-moved-in"))
                .extracting(event -> event.getJsonObject("details").getString("realmId"))
                .containsExactly(user.realmId());
    }

    @Test
    void tellsFromWhereAKeyIsUsedForTheFirstTime() {
        JsonObject key = key(READER);
        Api program = Api.at(base).as(key.getString("key"));

        for (int i = 0; i < 3; i++) {
            assertThat(program.get(user.path("/documents")).status()).isEqualTo(200);
        }

        List<JsonObject> events = list(program, user.path("/events?kind=key-used-from-new-network"));
        assertThat(events).hasSize(1);
        assertThat(events.get(0).getJsonObject("actor").toString())
                .isEqualTo("{\"userId\":\"%s\",\"apiKeyId\":\"%s\",\"prefix\":\"%s\"}"
                        .formatted(user.id(), key.getString("id"), key.getString("prefix")));
        assertThat(events.get(0).getJsonObject("details").getString("network"))
                .isEqualTo(user.api()
                        .get(user.path("/api-keys/" + key.getString("id")))
                        .json()
                        .getString("lastUsedNetwork"))
                .isIn("127.0.0.0/24", "::/48");
    }

    @Test
    void tellsOfTriesWithAKeyThatWereDenied() {
        JsonObject reader = key(READER);
        JsonObject revoked = key("{\"name\": \"revoked\"}");
        JsonObject expired = key("{\"name\": \"expired\"}");
        JsonObject replaced = key("{\"name\": \"replaced\"}");
        user.api().post(user.path("/api-keys/" + revoked.getString("id") + "/revoke"));
        user.api().post(user.path("/api-keys/" + replaced.getString("id") + "/rotate"), "{\"graceSeconds\": 60}");
        TestDatabase.asOwner("UPDATE api_keys SET expires_at = now() - interval '1 minute' WHERE id = '%s'"
                .formatted(expired.getString("id")));
        TestDatabase.asOwner("UPDATE api_keys SET previous_key_expires_at = now() - interval '1 minute' WHERE id = '%s'"
                .formatted(replaced.getString("id")));

        for (int i = 0; i < 5; i++) {
            assertThat(program(reader)
                            .post(user.path("/documents"), "{\"name\": \"o\", \"type\": \"t\"}")
                            .status())
                    .isEqualTo(403);
            Stream.of(revoked, expired, replaced)
                    .forEach(key -> assertThat(
                                    program(key).get(user.path("/documents")).status())
                            .isEqualTo(401));
        }
        assertThat(program(key("{\"name\": \"writer\"}")).delete(user.path("")).status())
                .isEqualTo(403);
        JsonObject stray = key("{\"name\": \"stray\"}");
        assertThat(program(stray)
                        .get("/api/realms/" + user.makeRealm("Work") + "/stats")
                        .status())
                .isEqualTo(404);
        String sameRealm = user.realmId().toUpperCase(Locale.ROOT);
        assertThat(program(stray).get("/api/realms/" + sameRealm + "/stats").status())
                .isEqualTo(200);

        assertThat(list(user.api(), user.path("/events?kind=key-denied")))
                .extracting(event -> event.getJsonObject("details").getString("reason"))
                .containsExactlyInAnyOrder(
                        "read-only", "revoked", "expired", "replaced", "not-for-keys", "other-realm");
    }

    /** Whoever reads is not told that reading is all they may do. */
    @Test
    void aReaderThatReadsWhatIsForNoKeyIsToldSo() {
        Api.Answer refused = program(key(READER)).get("/api/me");

        assertThat(refused.json().getString("detail"))
                .isEqualTo("An API key works with what its realm holds and does nothing else.");
        assertThat(list(user.api(), user.path("/events?kind=key-denied")))
                .extracting(event -> event.getJsonObject("details").getString("reason"))
                .containsExactly("not-for-keys");
    }

    @Test
    void aListHasPagesAndABeginning() {
        user.makeRealm("x");
        String work = user.makeRealm("Work");
        for (int i = 0; i < 5; i++) {
            user.api().patch("/api/realms/" + work, "{\"name\": \"%d\"}".formatted(i));
        }
        String events = "/api/realms/" + work + "/events";
        List<JsonObject> all = list(user.api(), events);

        Answer first = user.api().get(events + "?limit=2");
        String cursor = first.json().getString("nextCursor");
        assertThat(first.header("Link").orElseThrow()).contains("limit=2", cursor);
        assertThat(list(user.api(), events + "?limit=4&cursor=" + cursor)).isEqualTo(all.subList(2, 6));
        assertThat(user.api().get(events + "?limit=4&cursor=" + cursor).json().isNull("nextCursor"))
                .isTrue();
        assertThat(user.api().get(events + "?kind=realm-made&cursor=" + cursor).status())
                .isEqualTo(400);
        assertThat(user.api().get(user.path("/events?cursor=") + cursor).status())
                .isEqualTo(400);

        assertThat(list(user.api(), events + "?since=" + all.get(2).getString("at")))
                .isEqualTo(all.subList(0, 3));
        assertThat(list(user.api(), events + "?since=" + Instant.now().plusSeconds(60)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "since=yesterday, since",
        "kind=REALM_MADE, kind",
        "kind=, kind",
        "limit=0, limit",
        "name=x, name",
        "sort=name, sort"
    })
    void aWrongParameterIsNamed(String query, String field) {
        Answer refused = user.api().get(user.path("/events?" + query));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo(field);
    }

    @Test
    void whoeverMayOpenTheRealmReadsAndNobodyWrites() {
        TestUser other = TestUser.signIn(base);
        Api reader = program(key(READER));
        TestDatabase.asOwner("UPDATE users SET role = 'VIEWER' WHERE id = '%s'".formatted(user.id()));

        assertThat(user.api().get(user.path("/events")).status()).isEqualTo(200);
        assertThat(reader.get(user.path("/events")).status()).isEqualTo(200);
        assertThat(other.api().get(user.path("/events")).status()).isEqualTo(404);
        assertThat(other.api().post(other.path("/events"), "{}").status()).isEqualTo(405);
    }

    private JsonObject key(String json) {
        return user.api().post(user.path("/api-keys"), json).json();
    }

    private Api program(JsonObject key) {
        return Api.at(base).as(key.getString("key"));
    }

    private static List<String> kinds(Api api, String path) {
        return list(api, path).stream().map(event -> event.getString("kind")).toList();
    }

    private static List<JsonObject> list(Api api, String path) {
        Answer answer = api.get(path);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.json().getJsonArray("items").getValuesAs(JsonObject.class);
    }
}
