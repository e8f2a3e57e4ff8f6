package dev.realms.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.Tokens;
import jakarta.json.JsonObject;
import java.net.URI;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-server")
@OnDatabase(value = DatabaseState.FINALIZED, own = true)
class UsersIT {

    private final URI base = TestServer.base();

    private Api admin;
    private Api user;
    private String email;

    @BeforeEach
    void signIn() {
        email = UUID.randomUUID() + "@example.com";
        admin = Api.at(base).as(Tokens.of("admin@example.com", "ADMIN"));
        user = Api.at(base).as(token(email));
    }

    /** As an administrator makes one, for somebody who may be new. */
    private String token(String address) {
        return admin.post("/api/admin/tokens", "{\"email\": \"%s\"}".formatted(address))
                .json()
                .getString("token");
    }

    @Test
    void aTokenForSomebodyNewMakesUserSettingsAndDefaultRealm() {
        JsonObject me = user.get("/api/me").json();

        assertThat(me.getString("email")).isEqualTo(email);
        assertThat(me.getString("role")).isEqualTo("USER");
        assertThat(user.get("/api/me/settings").body()).isEqualTo("""
                {"theme":"LIGHT","language":"en","notifications":true,"autoSave":true,"defaultDatabase":null,"currentRealmId":null}""");
        JsonObject current = user.get("/api/realms/current").json();
        assertThat(current.getString("name")).isEqualTo("Default");
        assertThat(current.getBoolean("isDefault")).isTrue();
        assertThat(user.get("/api/realms").json().getJsonArray("items")).containsExactly(current);
    }

    @Test
    void manyTokensAtOnceMakeOneUser() throws Exception {
        String fresh = "fresh" + email;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Api.Answer>> calls = IntStream.range(0, 8)
                .mapToObj(i -> (Callable<Api.Answer>) () -> Api.at(base)
                        .as(token((i % 2 == 0 ? fresh : fresh.toUpperCase(Locale.ROOT))))
                        .get("/api/me"))
                .toList();

        Set<String> ids = threads.invokeAll(calls).stream()
                .map(UsersIT::result)
                .map(answer -> answer.json().getString("id"))
                .collect(Collectors.toSet());
        threads.shutdown();

        assertThat(ids).hasSize(1);
        assertThat(TestDatabase.query("SELECT count(*) FROM users WHERE lower(email) = '" + fresh + "'"))
                .isEqualTo("1");
        assertThat(TestDatabase.query("SELECT count(*) FROM realms WHERE is_default AND user_id = '"
                        + ids.iterator().next() + "'"))
                .isEqualTo("1");
    }

    /** Neither their role nor they come back, whatever the token said when it was made, nor under the address they had. */
    @Test
    void aTokenDiesWithItsUser() {
        Api second = Api.at(base).as(Tokens.of("second" + email, "ADMIN"));
        String id = second.get("/api/me").json().getString("id");

        admin.patch("/api/admin/users/" + id, "{\"email\": \"renamed%s\", \"role\": \"USER\"}".formatted(email));
        assertThat(second.get("/api/me").json().getString("id")).isEqualTo(id);
        assertThat(second.get("/api/admin/users").status()).isEqualTo(403);

        assertThat(admin.delete("/api/admin/users/" + id).status()).isEqualTo(204);
        assertThat(second.get("/api/me").status()).isEqualTo(401);
        assertThat(TestDatabase.query(
                        "SELECT count(*) FROM users WHERE email IN ('second%1$s', 'renamed%1$s')".formatted(email)))
                .isEqualTo("0");
    }

    @Test
    void theLocalAdministratorIsMadeOnce() {
        Api local = Api.at(base).as(Tokens.ofAdministrator());
        JsonObject me = local.get("/api/me").json();
        assertThat(me.getString("email")).isEqualTo("admin@realms.local");
        assertThat(me.getString("role")).isEqualTo("ADMIN");
        assertThat(local.get("/api/realms/current").json().getBoolean("isDefault"))
                .isTrue();

        assertThat(admin.delete("/api/admin/users/" + me.getString("id")).status())
                .isEqualTo(204);

        assertThat(local.get("/api/me").status()).isEqualTo(401);
        assertThat(TestDatabase.query("SELECT count(*) FROM users WHERE email = 'admin@realms.local'"))
                .isEqualTo("0");
        TestDatabase.asOwner("DELETE FROM realms_doors.persons WHERE issuer = 'realms-local'");
    }

    @Test
    void changesSettingsUnderACondition() {
        String stale = user.get("/api/me/settings").header("ETag").orElseThrow();

        Api.Answer put = user.with("If-Match", stale).put("/api/me/settings", """
                {"theme":"DARK","language":"pt-BR","notifications":false,"autoSave":false,"defaultDatabase":"notes"}""");
        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        assertThat(user.get("/api/me/settings").body()).isEqualTo("""
                {"theme":"DARK","language":"pt-BR","notifications":false,"autoSave":false,"defaultDatabase":"notes","currentRealmId":null}""");

        assertThat(user.with("If-Match", stale)
                        .patch("/api/me/settings", "{\"theme\":\"LIGHT\"}")
                        .status())
                .isEqualTo(412);
        assertThat(user.patch("/api/me/settings", "{\"theme\":\"SYSTEM\"}")
                        .json()
                        .getString("theme"))
                .isEqualTo("SYSTEM");
    }

    @Test
    void keepsSettingsThatAreLeftOut() {
        assertThat(user.put("/api/me/settings", "{\"theme\":\"DARK\"}").body()).isEqualTo("""
                {"theme":"DARK","language":"en","notifications":true,"autoSave":true,"defaultDatabase":null,"currentRealmId":null}""");
        assertThat(user.put("/api/me/settings", "{\"theme\":null}").status()).isEqualTo(400);
    }

    /** What was read can be put back. */
    @Test
    void aRealmThatIsGoneIsNobodysCurrentOne() {
        String realm = user.post("/api/realms", "{\"name\":\"Gone\"}").json().getString("id");
        user.post("/api/realms/switch", "{\"realmId\":\"" + realm + "\"}");
        user.delete("/api/realms/" + realm);

        Api.Answer settings = user.get("/api/me/settings");

        assertThat(settings.json().isNull("currentRealmId")).isTrue();
        assertThat(user.with("If-Match", settings.header("ETag").orElseThrow())
                        .put("/api/me/settings", settings.body())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTokenOfTheLocalIssuerEndsWithItsTime() throws InterruptedException {
        String email = user.get("/api/me").json().getString("email");
        Api brief = Api.at(base)
                .as(admin.post("/api/admin/tokens", "{\"email\": \"%s\", \"ttlSeconds\": 1}".formatted(email))
                        .json()
                        .getString("token"));

        Thread.sleep(2_100);

        assertThat(brief.get("/api/me").status()).isEqualTo(401);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        Api.Answer answer = user.put("/api/me/settings", """
                {"theme":"PINK","language":"not a language","notifications":1,"autoSave":true,"role":"ADMIN"}""");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
                .extracting(error -> error.getString("field"))
                .contains("theme", "notifications", "role");
    }

    @Test
    void switchesBetweenRealms() {
        String realm = user.post("/api/realms", "{\"name\":\"Other\"}").json().getString("id");

        Api.Answer answer = user.post("/api/realms/switch", "{\"realmId\":\"" + realm + "\"}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().getString("name")).isEqualTo("Other");
        assertThat(user.get("/api/realms/current").json().getString("id")).isEqualTo(realm);
        assertThat(user.get("/api/me/settings").json().getString("currentRealmId"))
                .isEqualTo(realm);
    }

    @Test
    void fallsBackToTheDefaultRealmWhenTheCurrentOneIsGone() {
        String realm =
                user.post("/api/realms", "{\"name\":\"Short-lived\"}").json().getString("id");
        user.post("/api/realms/switch", "{\"realmId\":\"" + realm + "\"}");

        assertThat(user.delete("/api/realms/" + realm).status()).isEqualTo(204);

        assertThat(user.get("/api/realms/current").json().getString("name")).isEqualTo("Default");
        assertThat(user.post("/api/realms/switch", "{\"realmId\":\"" + realm + "\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void switchesToNobodyElsesRealm() {
        String foreign = admin.get("/api/realms/current").json().getString("id");

        Api.Answer taken = user.post("/api/realms/switch", "{\"realmId\":\"" + foreign + "\"}");
        Api.Answer unknown = user.post("/api/realms/switch", "{\"realmId\":\"" + UUID.randomUUID() + "\"}");
        Api.Answer setting = user.patch("/api/me/settings", "{\"currentRealmId\":\"" + foreign + "\"}");

        assertThat(taken.status()).isEqualTo(404);
        assertThat(taken.json().getString("code")).isEqualTo("realm-not-found");
        assertThat(taken.body()).isEqualTo(unknown.body());
        assertThat(setting.json().getString("code")).isEqualTo("realm-not-found");
    }

    @Test
    void administratorsMakeUsers() {
        String fresh = "fresh" + email;
        Api.Answer made =
                admin.post("/api/admin/users", "{\"name\":\" Zoë \",\"email\":\"" + fresh + "\",\"role\":\"VIEWER\"}");

        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String id = made.json().getString("id");
        assertThat(made.header("Location").orElseThrow()).isEqualTo("/api/admin/users/" + id);
        assertThat(made.json().getString("name")).isEqualTo("Zoë");
        Api.Answer found = admin.get("/api/admin/users/" + id);
        assertThat(found.body()).isEqualTo(made.body());
        assertThat(found.header("ETag")).isEqualTo(made.header("ETag"));
        JsonObject realm = Api.at(base)
                .as(Tokens.of(fresh, "ADMIN"))
                .get("/api/realms/current")
                .json();
        assertThat(realm.getBoolean("isDefault")).isTrue();
        assertThat(admin.post(
                                "/api/admin/users",
                                "{\"name\":\"Z\",\"email\":\"" + fresh.toUpperCase(Locale.ROOT) + "\"}")
                        .json()
                        .getString("code"))
                .isEqualTo("email-taken");
    }

    @Test
    void administratorsListUsersNewestFirst() {
        for (int i = 0; i < 3; i++) {
            admin.post("/api/admin/users", "{\"name\":\"n" + i + "\",\"email\":\"" + i + email + "\"}");
        }

        JsonObject first = admin.get("/api/admin/users?limit=2").json();
        JsonObject second = admin.get("/api/admin/users?limit=1&cursor=" + first.getString("nextCursor"))
                .json();

        assertThat(first.getJsonArray("items").getValuesAs(JsonObject.class))
                .extracting(one -> one.getString("name"))
                .containsExactly("n2", "n1");
        assertThat(second.getJsonArray("items").getJsonObject(0).getString("name"))
                .isEqualTo("n0");
        assertThat(admin.get("/api/admin/users?email=2" + email.toUpperCase(Locale.ROOT))
                        .json()
                        .getJsonArray("items"))
                .hasSize(1);
        assertThat(admin.get("/api/admin/users?role=ADMIN")
                        .json()
                        .getJsonArray("items")
                        .getValuesAs(JsonObject.class))
                .isNotEmpty()
                .allMatch(one -> one.getString("role").equals("ADMIN"));
        assertThat(admin.get("/api/admin/users?role=GOD").status()).isEqualTo(400);
    }

    @Test
    void administratorsFindUsersByAPartOfNameOrAddress() {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        for (String name : List.of("Jürgen Groß", "Anna_" + mark, "Bert")) {
            admin.post(
                    "/api/admin/users",
                    "{\"name\":\"%s\",\"email\":\"%s.%s@example.com\"}".formatted(name, name.charAt(0), mark));
        }

        assertThat(found("q=" + mark.toUpperCase(Locale.ROOT))).containsExactly("Bert", "Anna_" + mark, "Jürgen Groß");
        assertThat(found("q=JU%CC%88RGEN%20GROSS")).containsExactly("Jürgen Groß");
        assertThat(found("q=_" + mark)).containsExactly("Anna_" + mark);
        assertThat(found("q=b." + mark + "@EXAMPLE")).containsExactly("Bert");
        assertThat(found("q=b%25" + mark)).isEmpty();
        assertThat(found("q=" + mark + "&role=ADMIN")).isEmpty();
        assertThat(admin.get("/api/admin/users?q=").json().getString("detail"))
                .isEqualTo("q must have 1 to 255 characters.");
    }

    private List<String> found(String query) {
        return admin
                .get("/api/admin/users?" + query)
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(one -> one.getString("name"))
                .toList();
    }

    @Test
    void administratorsChangeUsers() {
        String id = user.get("/api/me").json().getString("id");

        Api.Answer answer = admin.patch("/api/admin/users/" + id, "{\"name\":\"New\",\"role\":\"VIEWER\"}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(user.get("/api/me").json().getString("name")).isEqualTo("New");
        assertThat(user.post("/api/realms", "{\"name\":\"x\"}").status()).isEqualTo(403);
        assertThat(admin.patch("/api/admin/users/" + id, "{\"email\":\"ADMIN@example.com\"}")
                        .status())
                .isEqualTo(409);
        assertThat(admin.patch("/api/admin/users/" + id, "{\"email\":null}").status())
                .isEqualTo(400);
        assertThat(admin.get("/api/admin/users/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void deletingAUserTakesAllThatIsTheirs() {
        String id = user.get("/api/me").json().getString("id");
        user.post("/api/realms", "{\"name\":\"Second\"}");

        assertThat(admin.delete("/api/admin/users/" + id).status()).isEqualTo(204);

        assertThat(TestDatabase.query("SELECT count(*) FROM realms WHERE user_id = '" + id + "'"))
                .isEqualTo("0");
        assertThat(TestDatabase.query("SELECT count(*) FROM user_settings WHERE user_id = '" + id + "'"))
                .isEqualTo("0");
        assertThat(admin.delete("/api/admin/users/" + id).status()).isEqualTo(404);
    }

    @Test
    void anAdministratorStays() {
        String self = admin.get("/api/me").json().getString("id");

        assertThat(admin.delete("/api/admin/users/" + self).json().getString("code"))
                .isEqualTo("own-account");
        assertThat(admin.patch("/api/admin/users/" + self, "{\"role\":\"USER\"}")
                        .json()
                        .getString("code"))
                .isEqualTo("own-account");
    }

    @Test
    void administratorsMakeTokensForUsers() {
        Api.Answer answer = admin.post("/api/admin/tokens", "{\"email\":\"" + email + "\",\"ttlSeconds\":60}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("private, no-store");
        Api made = Api.at(base).as(answer.json().getString("token"));
        assertThat(made.get("/api/me").json().getString("email")).isEqualTo(email);
        assertThat(admin.post("/api/admin/tokens", "{\"email\":\"" + email + "\",\"ttlSeconds\":2592001}")
                        .status())
                .isEqualTo(400);
        assertThat(admin.post("/api/admin/tokens", "{\"email\":\"nobody\"}").status())
                .isEqualTo(400);
    }

    @Test
    void repeatedRequestsActOnce() {
        String fresh = "fresh" + email;
        Api retrying = admin.with("Idempotency-Key", UUID.randomUUID().toString());
        String input = "{\"name\":\"Zoë\",\"email\":\"" + fresh + "\"}";

        Api.Answer first = retrying.post("/api/admin/users", input);
        Api.Answer second = retrying.post("/api/admin/users", input);

        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(retrying.post("/api/admin/users", "{\"name\":\"Z\",\"email\":\"z" + fresh + "\"}")
                        .status())
                .isEqualTo(422);
        assertThat(retrying.post("/api/admin/tokens", "{\"email\":\"" + fresh + "\"}")
                        .body())
                .isEqualTo(retrying.post("/api/admin/tokens", "{\"email\":\"" + fresh + "\"}")
                        .body());
    }

    @Test
    void twoAdministratorsCannotRemoveEachOther() throws Exception {
        List<Api> admins = Stream.of("a", "b")
                .map(name -> Api.at(base).as(Tokens.of(name + email, "ADMIN")))
                .toList();
        List<String> ids = admins.stream()
                .map(one -> one.get("/api/me").json().getString("id"))
                .toList();
        TestDatabase.asOwner("UPDATE users SET role = 'USER' WHERE email = 'admin@example.com'");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Connection held = TestDatabase.owner()) {
            held.setAutoCommit(false);
            held.createStatement().execute("SELECT FROM users FOR UPDATE");
            List<Future<Api.Answer>> answers = IntStream.of(0, 1)
                    .mapToObj(i -> threads.submit(() -> admins.get(i).delete("/api/admin/users/" + ids.get(1 - i))))
                    .toList();
            awaitTwoWaiters();
            held.commit();

            assertThat(answers.stream().map(UsersIT::result).map(Api.Answer::status))
                    .containsExactlyInAnyOrder(204, 409);
            assertThat(TestDatabase.query("SELECT count(*) FROM users WHERE role = 'ADMIN'"))
                    .isEqualTo("1");
        } finally {
            threads.shutdown();
            TestDatabase.asOwner("UPDATE users SET role = 'ADMIN' WHERE email = 'admin@example.com'");
        }
    }

    private static void awaitTwoWaiters() throws InterruptedException {
        String waiters = "SELECT count(*) FROM pg_locks WHERE NOT granted";
        for (int i = 0; i < 200 && !TestDatabase.query(waiters).equals("2"); i++) {
            Thread.sleep(50);
        }
        assertThat(TestDatabase.query(waiters)).isEqualTo("2");
    }

    private static Api.Answer result(Future<Api.Answer> call) {
        try {
            return call.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
