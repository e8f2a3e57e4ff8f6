package dev.realms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.DatabaseState;
import dev.realms.testing.Endpoints;
import dev.realms.testing.Endpoints.Endpoint;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every list of what has a name, searched and sorted by it. A new list is covered, or fails. */
@Tag("any-server")
@OnDatabase(DatabaseState.FINALIZED)
class NamesIT {

    /** Sorted by other things: whoever looks for a user knows no beginning of a name, and events have none. */
    private static final List<String> WITHOUT = List.of(
            "/api/admin/users",
            "/api/admin/migration/events",
            "/api/admin/migration/executions",
            "/api/admin/executions",
            "/api/realms/{realmId}/events");

    private static final Map<String, String> BODIES = Map.of(
            "realms", "{\"name\": $name}",
            "servers", "{\"name\": $name, \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1}",
            "databases", "{\"name\": $name, \"serverId\": \"$server\"}",
            "documents", "{\"name\": $name, \"type\": \"t\"}",
            "jobs", "{\"documentName\": $name, \"documentType\": \"t\", \"documentId\": \"$document\"}",
            "api-keys", "{\"name\": $name}");

    private final URI base = TestServer.base();
    private final TestUser user = TestUser.signIn(base);
    private final TestUser neighbour = TestUser.signIn(base);

    static Stream<String> lists() {
        List<String> lists = Endpoints.all().stream()
                .filter(Endpoint::isList)
                .map(Endpoint::template)
                .filter(template -> !WITHOUT.contains(template))
                .toList();
        assertThat(lists).hasSize(BODIES.size());
        return lists.stream();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void findsAPartOfANameWhateverItsCaseOrForm(String list) {
        make(list, "Große Übersicht.pdf", "100%_done", "ΟΔΟΣ", "ＷＩＤＥ (x)", "C:\\papers");

        assertThat(names(list, "name=" + encoded("GROSSE"))).containsExactly("Große Übersicht.pdf");
        assertThat(names(list, "name=" + encoded("u\u0308BERS"))).containsExactly("Große Übersicht.pdf");
        assertThat(names(list, "name=" + encoded("οδοσ"))).containsExactly("ΟΔΟΣ");
        assertThat(names(list, "name=wide")).containsExactly("ＷＩＤＥ (x)");
        assertThat(names(list, "name=" + encoded("%"))).containsExactly("100%_done");
        assertThat(names(list, "name=_")).containsExactly("100%_done");
        assertThat(names(list, "name=" + encoded("\\"))).containsExactly("C:\\papers");
        assertThat(names(list, "name=" + encoded("0%d"))).isEmpty();
        assertThat(names(list, "name=pdf&namePrefix=gro")).containsExactly("Große Übersicht.pdf");
        assertThat(names(list, "name=pdf&namePrefix=100")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void whatNobodyCanSeeIsNoName(String list) {
        make(list, "a");
        String path = list.replace("{realmId}", user.realmId());
        for (String name : List.of(" ", "\u00A0", "\u200B", "a\u200Bb", "a\nb", "\u3164", "\u2800", "a\u202Eb")) {
            String body = BODIES.get(list.replaceAll(".*/", ""))
                    .replace("$name", Json.createValue(name).toString())
                    .replaceAll("[$](server|document)", UUID.randomUUID().toString());

            var answer = user.api().post(path, body);

            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
            assertThat(answer.body()).matches(".*\"field\":\"(name|documentName)\".*");
        }
    }

    @ParameterizedTest
    @MethodSource("lists")
    void findsTheBeginningOfAName(String list) {
        make(list, "Große Übersicht", "a große", "100%_done", "1000 done", "ΟΔΟΣ ΝΕΑ");

        assertThat(names(list, "namePrefix=" + encoded("GROẞE ü"))).containsExactly("Große Übersicht");
        assertThat(names(list, "namePrefix=" + encoded("100%"))).containsExactly("100%_done");
        assertThat(names(list, "namePrefix=100&sort=name")).containsExactly("100%_done", "1000 done");
        assertThat(names(list, "namePrefix=" + encoded("οδος"))).containsExactly("ΟΔΟΣ ΝΕΑ");
        assertThat(names(list, "namePrefix=" + encoded("%"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void sortsByNameFromPageToPage(String list) {
        List<String> sorted =
                List.of("$ first", "10", "9", "Ab", "aB c", "AC", "b|c", "Große", "größer", "z", "Älter", "ärger");
        make(list, shuffled(sorted));

        assertThat(pages(list, "sort=name&limit=1")).containsExactlyElementsOf(sorted);
        assertThat(pages(list, "sort=name&limit=5")).containsExactlyElementsOf(sorted);
        assertThat(pages(list, "sort=name&name=b&limit=1")).containsExactly("Ab", "aB c", "b|c");
        assertThat(pages(list, "sort=name&namePrefix=a&limit=1")).containsExactly("Ab", "aB c", "AC");
        assertThat(pages(list, "namePrefix=a&limit=1")).containsExactlyInAnyOrder("Ab", "aB c", "AC");
    }

    /** Realms can't have equal names. */
    @ParameterizedTest
    @MethodSource("lists")
    void leavesOutNoneOfThoseWithTheSameName(String list) {
        List<String> same = List.of("same", "Same", "sAme", "saMe", "samE", "ｓame", "SAME");
        if (!list.equals("/api/realms")) {
            make(list, same.toArray(String[]::new));

            assertThat(pages(list, "sort=name&limit=2")).containsExactlyInAnyOrderElementsOf(same);
        }
    }

    @ParameterizedTest
    @MethodSource("lists")
    void refusesWhatItDoesNotKnow(String list) {
        make(list, "a1", "a2");
        assertRefused(list, "sort=other", "sort must be name.");
        assertRefused(list, "sort=", "sort must be name.");
        assertRefused(list, "name=", "name must have 1 to 255 characters.");
        assertRefused(list, "namePrefix=", "namePrefix must have 1 to 255 characters.");
        assertRefused(list, "name=" + "a".repeat(256), "name must have 1 to 255 characters.");
        assertRefused(list, "namePrefix=%00", "namePrefix must not contain the NUL character.");
        assertRefused(list, "nam=a", "nam is not a parameter of this resource.");
        assertThat(names(list, "name=" + encoded("𝒂".repeat(255)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void takesACursorForTheOrderAndFiltersAloneThatItWasMadeFor(String list) {
        make(list, "a1", "a2");
        List<String> queries =
                List.of("", "sort=name", "name=a", "namePrefix=a", "name=a&sort=name", "name=A&sort=name");
        for (String made : queries) {
            String cursor = get(list, made + "&limit=1").getString("nextCursor");
            for (String query : queries) {
                String path = path(list, query + "&limit=1&cursor=" + cursor);
                assertThat(user.api().get(path).status())
                        .as("%s for %s", made, query)
                        .isEqualTo(query.equals(made) ? 200 : 400);
            }
        }
    }

    private void assertRefused(String list, String query, String detail) {
        var answer = user.api().get(path(list, query));

        assertThat(answer.status()).as("%s %s", query, answer).isEqualTo(400);
        assertThat(answer.json().getString("detail")).isEqualTo(detail);
        assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo(query.replaceAll("=.*", ""));
    }

    /** The same names in the realm of somebody else, and in another realm of the same user. */
    private void make(String list, String... names) {
        String second = list.equals("/api/realms") ? null : user.makeRealm("Second");
        for (String name : names) {
            make(user, user.realmId(), list, name);
            make(neighbour, neighbour.realmId(), list, name);
            if (second != null) {
                make(user, second, list, name);
            }
        }
    }

    private static void make(TestUser owner, String realm, String list, String name) {
        String collection = list.replaceAll(".*/", "");
        String body = BODIES.get(collection);
        for (String needed : List.of("server", "document")) {
            if (body.contains("$" + needed)) {
                String made =
                        created(owner, "/api/realms/" + realm + "/" + needed + "s", BODIES.get(needed + "s"), "needed");
                body = body.replace("$" + needed, made);
            }
        }
        created(owner, list.replace("{realmId}", realm), body, name);
    }

    private static String created(TestUser owner, String path, String body, String name) {
        var answer = owner.api()
                .post(path, body.replace("$name", Json.createValue(name).toString()));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.json().getString("id");
    }

    private static String[] shuffled(List<String> names) {
        List<String> shuffled = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            shuffled.add(names.get((i * 5 + 3) % names.size()));
        }
        return shuffled.toArray(String[]::new);
    }

    private List<String> names(String list, String query) {
        return names(get(list, query));
    }

    private List<String> pages(String list, String query) {
        List<String> found = new ArrayList<>();
        for (Optional<String> page = Optional.of(query); page.isPresent(); ) {
            JsonObject answer = get(list, page.get());
            found.addAll(names(answer));
            page = Optional.of(answer)
                    .filter(it -> !it.isNull("nextCursor"))
                    .map(it -> query + "&cursor=" + it.getString("nextCursor"));
        }
        found.remove("Default");
        return found;
    }

    private JsonObject get(String list, String query) {
        var answer = user.api().get(path(list, query));
        assertThat(answer.status()).as("%s %s", query, answer).isEqualTo(200);
        return answer.json();
    }

    private String path(String list, String query) {
        return list.replace("{realmId}", user.realmId()) + "?" + query;
    }

    private static List<String> names(JsonObject page) {
        return page.getJsonArray("items").stream()
                .map(item -> item.asJsonObject())
                .map(item -> item.getString("name", item.getString("documentName", null)))
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
