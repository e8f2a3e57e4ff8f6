package dev.realms.realm.isolation;

import static dev.realms.realm.isolation.Territory.REFERENCES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.Endpoints;
import dev.realms.testing.Endpoints.Endpoint;
import dev.realms.testing.Json;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tries every endpoint on realms and rows of others: the answer must be the one for an id that was never given out. */
@OnDatabase(DatabaseState.FINALIZED)
class EndpointsIT {

    /** Query parameters that are no ids. */
    private static final Set<String> PLAIN = Set.of(
            "limit",
            "cursor",
            "name",
            "namePrefix",
            "sort",
            "q",
            "includeInactive",
            "content",
            "dryRun",
            "state",
            "type",
            "status",
            "role",
            "since",
            "kind",
            "email",
            "job");

    private static final List<Endpoint> ENDPOINTS =
            Endpoints.all().stream().filter(Endpoint::isInRealm).toList();

    private final URI base = TestServer.base();

    private TestUser user;
    private TestUser neighbour;
    private Territory mine;
    private Territory other;
    private Territory theirs;

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
        neighbour = TestUser.signIn(base);
        other = Territory.fill(user.api(), user.makeRealm("Other"));
        mine = Territory.fill(user.api(), user.realmId(), other.realmId());
        theirs = Territory.fill(neighbour.api(), neighbour.realmId());
    }

    @Test
    void findsTheEndpoints() {
        assertThat(ENDPOINTS).hasSizeGreaterThanOrEqualTo(7 + 5 * 6 + 2);
    }

    @Test
    void noRealmOfSomebodyElseExists() {
        for (Endpoint endpoint : ENDPOINTS) {
            var foreign = send(endpoint, neighbour.realmId(), theirs.rows().get(endpoint.collection()));

            assertThat(foreign.status()).as("%s: %s", endpoint, foreign).isEqualTo(404);
            assertThat(foreign.json().getString("code")).isEqualTo("realm-not-found");
            assertSame(
                    endpoint, foreign, send(endpoint, unknown(), theirs.rows().get(endpoint.collection())));
        }
        assertUntouched();
    }

    @Test
    void noRowOfAnotherRealmExists() {
        for (Endpoint endpoint : ENDPOINTS.stream().filter(Endpoint::isRow).toList()) {
            var never = send(endpoint, other.realmId(), unknown());

            assertThat(never.status()).as("%s: %s", endpoint, never).isEqualTo(404);
            assertThat(never.json().getString("code")).isEqualTo("not-found");
            assertSame(endpoint, send(endpoint, other.realmId(), mine.rows().get(endpoint.collection())), never);
            assertSame(endpoint, send(endpoint, other.realmId(), theirs.rows().get(endpoint.collection())), never);
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
        String key = user.api()
                .post(user.path("/api-keys"), "{\"name\": \"k\"}")
                .json()
                .getString("key");
        Api program = Api.at(base).as(key);

        for (Endpoint endpoint : ENDPOINTS) {
            String id = unknown();
            var own = send(program, endpoint, other.realmId(), id);
            var never = send(program, endpoint, unknown(), id);

            assertThat(own.status()).as("%s: %s", endpoint, own).isIn(403, 404);
            assertSame(endpoint, own, never);
        }
    }

    @Test
    void noForeignIdInAQueryExists() {
        Territory gone = Territory.fill(user.api(), user.makeRealm("Gone")).abandon();
        int asked = 0;
        for (Endpoint endpoint : Endpoints.all()) {
            for (String parameter : endpoint.query()) {
                assertThat(parameter)
                        .as("%s: does it refer to anything?", endpoint)
                        .satisfiesAnyOf(
                                p -> assertThat(PLAIN).contains(p),
                                p -> assertThat(REFERENCES).containsKey(p));
                if (REFERENCES.containsKey(parameter)) {
                    asked++;
                    String path = mine.path(endpoint) + "?" + parameter + "=";
                    String collection = REFERENCES.get(parameter);
                    var never = user.api().get(path + unknown());

                    assertThat(never.body()).isEqualTo("{\"items\":[],\"nextCursor\":null}");
                    for (Territory foreign : List.of(other, theirs, gone)) {
                        assertSame(
                                endpoint, user.api().get(path + foreign.rows().get(collection)), never);
                    }
                    assertThat(user.api()
                                    .get(path + mine.rows().get(collection))
                                    .json()
                                    .getJsonArray("items"))
                            .as("%s by %s", endpoint, parameter)
                            .isNotEmpty();
                }
            }
        }
        assertThat(asked).isGreaterThanOrEqualTo(3);
    }

    @Test
    void noForeignIdInABodyExists() {
        Territory gone = Territory.fill(user.api(), user.makeRealm("Gone")).abandon();
        Set<String> sent = new TreeSet<>();
        for (Endpoint endpoint : Endpoints.all()) {
            for (String member : Territory.ids(endpoint)) {
                sent.add(endpoint + " " + member);
                var never = mine.send(endpoint, member, unknown());

                assertThat(never.status()).as("%s: %s", endpoint, never).isIn(400, 404);
                for (String foreign : foreign(endpoint, member, gone)) {
                    assertSame(endpoint, mine.send(endpoint, member, foreign), never);
                }
                assertThat(mine.send(endpoint, member, own(endpoint, member)).status())
                        .as("%s with an own %s", endpoint, member)
                        .isIn(200, 201);
            }
        }
        assertThat(sent).hasSizeGreaterThanOrEqualTo(3 * 3 + 3);
        assertUntouched(theirs);
    }

    @Test
    void noCursorOfAnotherListIsACursor() {
        List<Endpoint> lists = Endpoints.all().stream()
                .filter(Endpoint::isList)
                .filter(list -> !list.template().startsWith("/api/admin/"))
                .toList();
        neighbour.makeRealm("Second");
        for (Endpoint list : lists) {
            String path = mine.path(list) + "?cursor=";
            var garbage = user.api().get(path + "AAAA");

            assertThat(garbage.status()).isEqualTo(400);
            for (Endpoint source : lists) {
                assertSame(list, user.api().get(path + theirs.cursor(source)), garbage);
                if (source != list) {
                    assertSame(list, user.api().get(path + mine.cursor(source)), garbage);
                }
                if (source != list || list.isInRealm()) {
                    assertSame(list, user.api().get(path + other.cursor(source)), garbage);
                }
            }
            assertThat(user.api().get(path + mine.cursor(list)).status()).isEqualTo(200);
        }
        assertThat(lists).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void noTagOfSomethingElseFits() {
        List<Endpoint> conditional = ENDPOINTS.stream()
                .filter(Endpoint::conditional)
                .filter(endpoint -> endpoint.isRow() || endpoint.isRealm())
                .toList();
        for (Endpoint endpoint : conditional) {
            var never = tagged(endpoint, mine, "\"AAAA\"");
            assertThat(never.status()).as("%s: %s", endpoint, never).isEqualTo(412);
            assertSame(endpoint, tagged(endpoint, mine, other.tag(endpoint)), never);
            assertSame(endpoint, tagged(endpoint, mine, theirs.tag(endpoint)), never);

            // Whose tag it is must not show on what is not there either.
            var absent = tagged(endpoint, theirs, "\"AAAA\"");
            assertThat(absent.status()).as("%s: %s", endpoint, absent).isEqualTo(404);
            assertSame(endpoint, tagged(endpoint, theirs, theirs.tag(endpoint)), absent);
        }
        assertThat(conditional).hasSizeGreaterThanOrEqualTo(5 * 3 + 2 + 3);
        assertThat(ENDPOINTS.stream().filter(endpoint -> endpoint.conditional() && !conditional.contains(endpoint)))
                .isEmpty();
        assertUntouched();
    }

    @Test
    void aKeyOfARequestElsewhereIsAFreshOneHere() {
        List<Endpoint> posts = ENDPOINTS.stream()
                .filter(endpoint -> endpoint.method().equals("POST"))
                .toList();
        for (Endpoint endpoint : posts) {
            String used = unknown();
            for (Territory elsewhere : List.of(
                    Territory.fill(user.api(), user.makeRealm(unknown())),
                    Territory.fill(neighbour.api(), neighbour.makeRealm(unknown())))) {
                assertThat(keyed(endpoint, elsewhere, elsewhere, used).status()).isIn(200, 201);
            }
            Territory one = Territory.fill(user.api(), user.makeRealm(unknown()));
            Territory two = Territory.fill(user.api(), user.makeRealm(unknown()));

            var fresh = keyed(endpoint, one, one, unknown());
            var again = keyed(endpoint, two, two, used);

            assertThat(again.status())
                    .as("%s: %s", endpoint, again)
                    .isEqualTo(fresh.status())
                    .isIn(200, 201);
            assertThat(masked(again)).isEqualTo(masked(fresh));
            assertSame(endpoint, keyed(endpoint, mine, theirs, used), keyed(endpoint, mine, theirs, unknown()));
        }
        assertThat(posts).hasSizeGreaterThanOrEqualTo(5 + 2 + 1);
    }

    @Test
    void aNameOfTheNeighbourIsFree() {
        String name = unknown();
        String realm = "{\"name\": \"%s\"}".formatted(name);
        String database = "{\"name\": \"%s\", \"serverId\": \"%s\"}";
        neighbour.makeRealm(name);
        neighbour.make("databases", database.formatted(name, theirs.rows().get("servers")));

        assertThat(user.api().post("/api/realms", realm).status()).isEqualTo(201);
        assertThat(user.api()
                        .post(
                                user.path("/databases"),
                                database.formatted(name, mine.rows().get("servers")))
                        .status())
                .isEqualTo(201);
        assertThat(user.api()
                        .patch(user.path("/databases/" + mine.rows().get("databases")), realm)
                        .status())
                .isEqualTo(409);
        assertThat(user.api()
                        .patch(
                                "/api/realms/" + other.realmId() + "/databases/"
                                        + other.rows().get("databases"),
                                realm)
                        .status())
                .isEqualTo(200);
    }

    /** Medians of interleaved requests, measured again where they differ: a difference that is there stays there. */
    @Test
    @Tag("any-server")
    void whatIsForeignTakesAsLongAsWhatIsNot() {
        List<String> slow = new ArrayList<>();
        for (Endpoint endpoint : ENDPOINTS) {
            String id = theirs.rows().get(endpoint.collection());
            slow.add(Pace.compare(
                    endpoint + ", foreign realm",
                    () -> send(endpoint, theirs.realmId(), id),
                    () -> send(endpoint, unknown(), id)));
            if (endpoint.isRow()) {
                Runnable never = () -> send(endpoint, mine.realmId(), unknown());
                slow.add(Pace.compare(
                        endpoint + ", the neighbour's row", () -> send(endpoint, mine.realmId(), id), never));
                String own = other.rows().get(endpoint.collection());
                slow.add(Pace.compare(
                        endpoint + ", a row of another own realm", () -> send(endpoint, mine.realmId(), own), never));
            }
        }

        assertThat(slow).hasSizeGreaterThan(80).containsOnly("");
    }

    private Api.Answer send(Endpoint endpoint, String realmId, String id) {
        return send(user.api(), endpoint, realmId, id);
    }

    private Api.Answer send(Api api, Endpoint endpoint, String realmId, String id) {
        return api.send(endpoint.method(), endpoint.path(realmId, id == null ? "" : id), mine.body(endpoint));
    }

    /** As I send it, to a realm that may be somebody else's. */
    private Api.Answer tagged(Endpoint endpoint, Territory to, String tag) {
        return to.send(user.api().with("If-Match", tag), endpoint, mine.body(endpoint));
    }

    private static Api.Answer keyed(Endpoint endpoint, Territory from, Territory to, String key) {
        return to.send(from.api().with("Idempotency-Key", key), endpoint, from.body(endpoint));
    }

    private List<String> foreign(Endpoint endpoint, String member, Territory gone) {
        if (Set.of("realmId", "currentRealmId", "targetRealmId").contains(member)) {
            return List.of(theirs.realmId(), gone.realmId());
        }
        assertThat(REFERENCES).as("what it refers to").containsKey(member);
        return Stream.of(mine, other, theirs, gone)
                .filter(territory -> territory != home(endpoint))
                .map(foreign -> foreign.rows().get(REFERENCES.get(member)))
                .toList();
    }

    private String own(Endpoint endpoint, String member) {
        return REFERENCES.containsKey(member) ? home(endpoint).rows().get(REFERENCES.get(member)) : other.realmId();
    }

    /** Where a body's references lead. */
    private Territory home(Endpoint endpoint) {
        return endpoint.template().endsWith("/move") ? other : mine;
    }

    /** Status, body and headers, but for what names the request itself. */
    private static void assertSame(Endpoint endpoint, Api.Answer one, Api.Answer other) {
        assertThat(one.status()).as("%s: %s", endpoint, one).isEqualTo(other.status());
        assertThat(withoutInstance(one)).as("%s", endpoint).isEqualTo(withoutInstance(other));
        assertThat(headers(one)).as("%s", endpoint).isEqualTo(headers(other));
    }

    private static Map<String, ?> withoutInstance(Api.Answer answer) {
        Map<String, Object> body = new HashMap<>(answer.json());
        if (answer.status() >= 400) {
            assertThat(body.remove("instance")).isNotNull();
        }
        return body;
    }

    private static Map<String, List<String>> headers(Api.Answer answer) {
        Map<String, List<String>> headers =
                new TreeMap<>(answer.response().headers().map());
        headers.keySet().removeIf(name -> name.matches("(?i)date|connection|keep-alive|content-length|ratelimit.*"));
        return headers;
    }

    private static String masked(Api.Answer answer) {
        return Json.masked(answer.value()).toString().replaceAll("rlm_\\w+", "<key>");
    }

    /** The rows that were there still are, and have not changed since they were made. */
    private void assertUntouched() {
        assertUntouched(mine);
        assertUntouched(other);
        assertUntouched(theirs);
    }

    private static void assertUntouched(Territory territory) {
        territory.rows().forEach((collection, id) -> {
            var row = territory.api().get("/api/realms/%s/%s/%s".formatted(territory.realmId(), collection, id));
            assertThat(row.status()).as(collection).isEqualTo(200);
            assertThat(row.json().get("updatedAt"))
                    .as(collection)
                    .isEqualTo(row.json().get("createdAt"));
        });
    }

    private static String unknown() {
        return UUID.randomUUID().toString();
    }
}
