package dev.realms.realm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules of realms, as their owner meets them over HTTP. */
@Tag("any-server")
@OnDatabase(DatabaseState.FINALIZED)
class RealmsIT {

    private final URI base = TestServer.base();

    private TestUser user;

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
    }

    @Test
    void oneOfTwoCreatorsGetsTheName() {
        for (int round = 0; round < 5; round++) {
            String name = "Round " + round;

            List<Integer> statuses = IntStream.range(0, 2)
                    .parallel()
                    .mapToObj(i -> create(i == 0 ? name : name.toUpperCase(java.util.Locale.ROOT)))
                    .map(Api.Answer::status)
                    .sorted()
                    .toList();

            assertThat(statuses).containsExactly(201, 409);
        }
    }

    @Test
    void namesDifferByMoreThanCaseAndUnicodeForm() {
        create("Übersicht");

        for (String same : List.of("übersicht", "ÜBERSICHT", "U\u0308bersicht", "  Übersicht  ")) {
            assertThat(create(same).json().getString("code")).as(same).isEqualTo("realm-name-taken");
        }
    }

    @Test
    void anInactiveRealmBlocksNothingAndComesBackOnlyUnderAFreeName() {
        String id = create("Papers").json().getString("id");
        user.api().delete("/api/realms/" + id);

        assertThat(create("Papers").status()).isEqualTo(201);
        var restored = user.api().post("/api/realms/" + id + "/restore");

        assertThat(restored.status()).isEqualTo(409);
        assertThat(restored.json().getString("code")).isEqualTo("realm-name-taken");
    }

    @Test
    void listsTheDefaultFirstAndTheOthersByAge() {
        String older = user.makeRealm("Older");
        String newer = user.makeRealm("Newer");
        user.api().put("/api/realms/" + newer + "/default", null);

        assertThat(ids("/api/realms"))
                .startsWith(newer)
                .containsSubsequence(user.realmId(), older)
                .hasSize(3);
        assertThat(user.api().get("/api/realms").json().isNull("nextCursor")).isTrue();
    }

    @Test
    void goesOnWithTheListWhateverHappensBetweenItsPages() {
        String first = user.makeRealm("First");
        String second = user.makeRealm("Second");
        JsonObject page = user.api().get("/api/realms?limit=2").json();
        assertThat(ids(page)).containsExactly(user.realmId(), first);

        user.api().delete("/api/realms/" + first);
        JsonObject next = user.api()
                .get("/api/realms?limit=2&cursor=" + page.getString("nextCursor"))
                .json();

        assertThat(ids(next)).containsExactly(second);
        assertThat(next.isNull("nextCursor")).isTrue();
    }

    /** The one that was the default has been shown, and is the youngest of all by age; the one that became it has not. */
    @Test
    void showsEveryRealmOnceWhereverTheDefaultGoesBetweenPages() {
        String older = user.makeRealm("Older");
        String next = user.makeRealm("Next");
        String youngest = user.makeRealm("Youngest");
        user.api().put("/api/realms/" + youngest + "/default", null);
        JsonObject page = user.api().get("/api/realms?limit=2").json();
        List<String> seen = new ArrayList<>(ids(page));

        user.api().put("/api/realms/" + next + "/default", null);
        while (!page.isNull("nextCursor") && seen.size() < 10) {
            page = user.api()
                    .get("/api/realms?limit=2&cursor=" + page.getString("nextCursor"))
                    .json();
            seen.addAll(ids(page));
        }

        assertThat(seen).containsExactly(youngest, user.realmId(), older, next);
    }

    @Test
    void startsBehindTheDefaultEvenWhenItIsTheYoungest() {
        user.makeRealm("Older");
        user.api().put("/api/realms/" + user.makeRealm("Youngest") + "/default", null);
        List<String> seen = new ArrayList<>();

        String cursor = "";
        do {
            JsonObject page = user.api().get("/api/realms?limit=1" + cursor).json();
            seen.addAll(ids(page));
            cursor = page.isNull("nextCursor") ? null : "&cursor=" + page.getString("nextCursor");
        } while (cursor != null && seen.size() < 10);

        assertThat(seen).isEqualTo(ids("/api/realms")).hasSize(3);
    }

    @Test
    void showsInactiveRealmsOnlyWhenAsked() {
        String id = user.makeRealm("Gone");

        assertThat(user.api().delete("/api/realms/" + id).status()).isEqualTo(204);

        assertThat(ids("/api/realms")).doesNotContain(id);
        assertThat(ids("/api/realms?includeInactive")).contains(id);
        assertThat(user.api().get("/api/realms?includeInactive=perhaps").status())
                .isEqualTo(400);
        assertThat(user.api().get("/api/realms/" + id).json().getBoolean("isActive"))
                .isFalse();
        assertThat(user.api().delete("/api/realms/" + id).json().getString("code"))
                .isEqualTo("realm-not-found");
        assertThat(user.api().put("/api/realms/" + id + "/default", null).status())
                .isEqualTo(404);
    }

    @Test
    void theDefaultCanBeHandedOverButNeitherDeletedNorDeactivated() {
        String other = user.makeRealm("Other");
        String old = user.realmId();

        String path = "/api/realms/" + old;
        assertThat(user.api().delete(path).json().getString("code")).isEqualTo("default-realm");
        assertThat(user.api().patch(path, "{\"isActive\": false}").json().getString("code"))
                .isEqualTo("default-realm");
        assertThat(user.api()
                        .put(path, "{\"name\": \"x\", \"isActive\": false}")
                        .json()
                        .getString("code"))
                .isEqualTo("default-realm");
        assertThat(user.api().get("/api/realms/" + old).json().getString("name"))
                .isEqualTo("Default");

        assertThat(user.api()
                        .put("/api/realms/" + other + "/default", null)
                        .json()
                        .getBoolean("isDefault"))
                .isTrue();
        assertThat(user.api().delete("/api/realms/" + old).status()).isEqualTo(204);
        assertThat(defaults()).containsExactly(other);
    }

    @Test
    void thereIsOneDefaultHoweverManyHandItOverAtOnce() {
        List<String> realms = IntStream.range(0, 4)
                .mapToObj(i -> user.makeRealm("Realm " + i))
                .toList();

        List<Integer> statuses = IntStream.range(0, 24)
                .parallel()
                .mapToObj(i -> user.api()
                        .put("/api/realms/" + realms.get(i % 4) + "/default", null)
                        .status())
                .distinct()
                .toList();

        assertThat(statuses).containsExactly(200);
        assertThat(defaults()).hasSize(1).isSubsetOf(realms);
    }

    @Test
    void aRealmThatHoldsDataIsNeitherDeletedNorDeactivated() {
        String id = user.makeRealm("Full");
        String document = user.api()
                .post("/api/realms/" + id + "/documents", "{\"name\": \"a.pdf\", \"type\": \"application/pdf\"}")
                .json()
                .getString("id");

        assertThat(user.api().delete("/api/realms/" + id).json().getString("code"))
                .isEqualTo("realm-not-empty");
        assertThat(user.api()
                        .patch("/api/realms/" + id, "{\"isActive\": false}")
                        .json()
                        .getString("code"))
                .isEqualTo("realm-not-empty");
        user.api().delete("/api/realms/" + id + "/documents/" + document);

        JsonObject inactive =
                user.api().patch("/api/realms/" + id, "{\"isActive\": false}").json();
        assertThat(inactive.getBoolean("isActive")).isFalse();
        assertThat(user.api()
                        .post("/api/realms/" + id + "/documents", "{\"name\": \"b\", \"type\": \"t\"}")
                        .json()
                        .getString("code"))
                .isEqualTo("realm-not-found");
        assertThat(user.api().post("/api/realms/" + id + "/restore").json().getBoolean("isActive"))
                .isTrue();
    }

    @Test
    void aRealmIsDeletedWithItsContentByNameAndComesBackWithIt() {
        String id = user.makeRealm("Größe 100 %");
        Api api = user.api();
        String document = api.post("/api/realms/" + id + "/documents", "{\"name\": \"a.pdf\", \"type\": \"t\"}")
                .json()
                .getString("id");
        String key = api.post("/api/realms/" + id + "/api-keys", "{\"name\": \"k\"}")
                .json()
                .getString("key");
        String all = "/api/realms/" + id + "?content=true";
        for (Api wrong :
                List.of(api, api.with("Realms-Name", "gr%C3%B6%C3%9Fe 100 %25"), api.with("Realms-Name", "100 %"))) {
            Api.Answer refused = wrong.delete(all);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().getJsonArray("errors").getJsonObject(0).getString("field"))
                    .isEqualTo("Realms-Name");
        }
        assertThat(api.delete("/api/realms/" + id + "?content=yes").status()).isEqualTo(400);
        assertThat(api.with("Realms-Name", "Default")
                        .delete("/api/realms/" + user.realmId() + "?content")
                        .json()
                        .getString("code"))
                .isEqualTo("default-realm");

        assertThat(api.with("Realms-Name", "Gr%C3%B6%C3%9Fe%20100%20%25")
                        .delete(all)
                        .status())
                .isEqualTo(204);

        JsonObject deleted = api.get("/api/realms/" + id).json();
        assertThat(deleted.getBoolean("isActive")).isFalse();
        assertThat(Instant.parse(deleted.getString("contentKeptUntil")))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(29)), Instant.now().plus(Duration.ofDays(31)));
        assertThat(api.get("/api/realms/" + id + "/documents").status()).isEqualTo(404);
        assertThat(Api.at(base).as(key).get("/api/realms/current").status()).isEqualTo(401);
        assertThat(user.makeRealm("Größe 100 %")).isNotEqualTo(id);
        assertThat(api.post("/api/realms/" + id + "/restore").json().getString("code"))
                .isEqualTo("realm-name-taken");

        JsonObject restored = api.patch("/api/realms/" + id, "{\"isActive\": true, \"name\": \"Back\"}")
                .json();
        assertThat(restored.isNull("contentKeptUntil")).isTrue();
        assertThat(api.get("/api/realms/" + id + "/documents/" + document).status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNoLongerKeptDoesNotComeBack() {
        String id = user.makeRealm("Old");
        user.api().post("/api/realms/" + id + "/documents", "{\"name\": \"a.pdf\", \"type\": \"t\"}");
        user.api().with("Realms-Name", "Old").delete("/api/realms/" + id + "?content");
        TestDatabase.asOwner("UPDATE realms SET content_kept_until = now() WHERE id = '" + id + "'");
        assertThat(TestDatabase.query("SELECT removed FROM purge_realm(1, '{}')"))
                .isEqualTo("1");

        Api.Answer late = user.api().post("/api/realms/" + id + "/restore");

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().getString("detail"))
                .isEqualTo("The time is over for which what the realm held was kept: it can't be restored.");
    }

    @Test
    void countsWhatOneRealmHoldsAndNothingElse() {
        String one = user.makeRealm("One");
        String other = user.makeRealm("Two");
        for (String realm : List.of(one, one, other)) {
            user.api().post("/api/realms/" + realm + "/documents", "{\"name\": \"a\", \"type\": \"t\"}");
        }

        assertThat(user.api().get("/api/realms/" + one + "/stats").body())
                .isEqualTo("{\"databases\":0,\"documents\":2,\"apiKeys\":0,\"servers\":0,\"jobs\":0}");
        assertThat(TestUser.signIn(base)
                        .api()
                        .get("/api/realms/" + one + "/stats")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void everyVerbHoldsToTheTagItIsGiven() {
        String id = user.makeRealm("Tagged");
        Api stale = user.api().with("If-Match", "\"stale\"");

        assertThat(List.of(
                        stale.put("/api/realms/" + id, "{\"name\": \"x\"}").status(),
                        stale.patch("/api/realms/" + id, "{\"name\": \"x\"}").status(),
                        stale.put("/api/realms/" + id + "/default", null).status(),
                        stale.post("/api/realms/" + id + "/restore").status(),
                        stale.delete("/api/realms/" + id).status()))
                .containsOnly(412);
        String tag = user.api().get("/api/realms/" + id).header("ETag").orElseThrow();
        assertThat(user.api()
                        .with("If-Match", tag)
                        .put("/api/realms/" + id + "/default", null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aForgedCursorIsNoCursor() {
        for (String instant : List.of("+300000-01-01T00:00:00Z", "+1000000000-01-01T00:00:00Z", "soon")) {
            String documents = "/api/realms/" + user.realmId() + "/documents";
            String forged = Base64.getUrlEncoder()
                    .encodeToString(("documents-" + user.realmId() + "|" + instant + "|" + user.realmId())
                            .getBytes(StandardCharsets.UTF_8));

            assertThat(user.api().get(documents + "?cursor=" + forged).status()).isEqualTo(400);
        }
    }

    private List<String> defaults() {
        return user
                .api()
                .get("/api/realms?includeInactive")
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(realm -> realm.getBoolean("isDefault"))
                .map(realm -> realm.getString("id"))
                .toList();
    }

    private List<String> ids(String path) {
        return ids(user.api().get(path).json());
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .map(realm -> realm.getString("id"))
                .toList();
    }

    private Api.Answer create(String name) {
        return user.api().post("/api/realms", "{\"name\": \"%s\"}".formatted(name));
    }
}
