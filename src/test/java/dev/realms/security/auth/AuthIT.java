package dev.realms.security.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.realms.apikey.ApiKeyFormat;
import dev.realms.testing.Api;
import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, on a database whose users are still to be moved into realms. */
class AuthIT {

    private static final RSAKey KEY = Provider.rsa("it");
    private static Provider provider;

    private static Node node;
    private static URI base;
    private static List<Api.Answer> whileAway;
    private static Api.Answer onceBack;

    private String email;
    private Api nobody;
    private Api user;

    @BeforeAll
    static void startOnADatabaseFromBeforeRealms() {
        TestDatabase.resetToPreRealm(20);
        provider = new Provider();
        provider.publish(KEY);
        provider.isAway(true);
        Map<String, String> settings = Map.of(
                "MP_JWT_VERIFY_ISSUER",
                Provider.ISSUER,
                "MP_JWT_VERIFY_AUDIENCES",
                Provider.AUDIENCE,
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                provider.location(),
                "REALMS_AUTH_OIDC_CLIENT_ID",
                "realms-console",
                "REALMS_AUTH_OIDC_AUTHORIZATION_ENDPOINT",
                "https://login.example.com/authorize",
                "REALMS_AUTH_OIDC_TOKEN_ENDPOINT",
                "https://tokens.example.com:8443/token");
        node = Node.start("auth", settings).awaitStart();
        base = node.base();
        Api someone = Api.at(base).as(Provider.sign(KEY, Provider.claims("away@example.com")));
        // More often than one address may fail a minute.
        whileAway = Stream.generate(() -> someone.get("/api/me")).limit(700).toList();
        provider.isAway(false);
        // All of this minute's readings are used up; the next one is due in half a second.
        onceBack = Stream.generate(() -> someone.get("/api/me"))
                .limit(1000)
                .filter(answer -> answer.status() != 503)
                .findFirst()
                .orElseThrow();
    }

    @AfterAll
    static void stop() {
        node.close();
        provider.close();
    }

    @BeforeEach
    void callers() {
        email = UUID.randomUUID() + "@example.com";
        nobody = Api.at(base);
        user = nobody.as(Tokens.of(email, "USER"));
    }

    @Test
    void tellsAnybodyHowToSignIn() {
        Api.Answer answer = nobody.get("/api/sign-in");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.body()).isEqualTo("""
                {"localIssuer":true,"oidc":{"issuer":"%s","clientId":"realms-console",\
                "authorizationEndpoint":"https://login.example.com/authorize",\
                "tokenEndpoint":"https://tokens.example.com:8443/token","scope":"openid email profile"}}""".formatted(Provider.ISSUER));
        assertThat(nobody.as("garbage").get("/api/sign-in").body()).isEqualTo(answer.body());
        assertThat(nobody.put("/api/sign-in", "{}").status()).isEqualTo(405);
    }

    @Test
    void signsInOnceWithTheCodeOfThePrintedAddress() {
        Api bearer = nobody.as(Tokens.signInCode());
        assertRefused(bearer.get("/api/me"));
        assertThat(nobody.post("/api/sign-in").status()).isEqualTo(401);
        assertThat(user.post("/api/sign-in").status()).isEqualTo(401);

        Api.Answer answer = bearer.post("/api/sign-in");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        Api administrator = nobody.as(answer.json().getString("token"));
        assertThat(administrator.get("/api/me").json().getString("email")).isEqualTo("admin@realms.local");
        Api.Answer again = bearer.post("/api/sign-in");
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.header("WWW-Authenticate")).contains("Bearer");
        assertThat(again.body()).isEqualTo("""
                {"type":"urn:realms:problem:unauthenticated","title":"Nobody is signed in","status":401,\
                "detail":"The code is not valid, or was used already.","instance":"/api/sign-in","code":"unauthenticated"}""");
    }

    /** The code is exchanged by the page itself. */
    @Test
    void letsTheConsoleAskTheProviderForTokens() {
        assertThat(nobody.get("/console/").header("Content-Security-Policy").orElseThrow())
                .contains("connect-src 'self' https://tokens.example.com:8443;")
                .doesNotContain("login.example.com");
    }

    @Test
    void asksWhoIsThere() {
        Api.Answer answer = nobody.get("/api/me");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.header("Cache-Control")).contains("private, no-store");
        assertThat(answer.body()).isEqualTo("""
                {"type":"urn:realms:problem:unauthenticated","title":"Nobody is signed in","status":401,\
                "detail":"Send Authorization: Bearer with a token or an API key.","instance":"/api/me","code":"unauthenticated"}""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic dXNlcjpwdw==",
                "Bearer",
                "Bearer ",
                "Bearer no-such-key",
                "Bearer a.b.c",
                "Bearer sha256:00",
                "garbage"
            })
    void refusesOtherWaysToSignIn(String header) {
        assertRefused(nobody.with("Authorization", header).get("/api/me"));
    }

    @Test
    void refusesTwoCredentialsAtOnce() throws Exception {
        String token = "Bearer " + Tokens.of(email, "USER");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + base.getPort() + "/api/me"))
                .header("Authorization", token)
                .header("Authorization", token)
                .build();

        assertThat(send(request).statusCode()).isEqualTo(401);
    }

    @Test
    void refusesExpiredTokens() {
        assertRefused(
                nobody.as(Tokens.of(email, "USER", Duration.ofMinutes(-1))).get("/api/me"));
    }

    @Test
    void signsInWhomTheProviderVouchesFor() {
        String address = "new" + email;
        Api someone = nobody.as(Provider.sign(KEY, Provider.claims(address).claim("role", "ADMIN")));

        Api.Answer me = someone.get("/api/me");

        assertThat(me.status()).as(me.toString()).isEqualTo(200);
        assertThat(me.json().getString("role")).isEqualTo("USER");
        assertThat(me.json().getString("name")).isEqualTo("Zoë");
        assertThat(someone.get("/api/realms/current").json().getBoolean("isDefault"))
                .isTrue();
        assertRefused(nobody.as(Provider.sign(Provider.rsa("it"), Provider.claims(address)))
                .get("/api/me"));
    }

    /** The address counts once; from then on it is the subject who signs in, and nobody else with that address. */
    @Test
    void aPersonIsTheSubjectAndNotTheAddress() {
        String id = user.get("/api/me").json().getString("id");
        JWTClaimsSet.Builder claims =
                Provider.claims(email.toUpperCase(Locale.ROOT)).subject("one " + email);

        assertThat(as(claims).json().getString("id")).isEqualTo(id);
        assertThat(as(claims.claim("email", "moved" + email)).json().getString("id"))
                .isEqualTo(id);
        assertThat(as(claims.claim("email", null)).json().getString("id")).isEqualTo(id);
        Api.Answer other = as(Provider.claims(email).subject("two " + email));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().getString("code")).isEqualTo("email-taken");
    }

    @Test
    void nobodySignsInWithAnAddressThatNobodyVouchesFor() {
        Tokens.of("chief" + email, "ADMIN");
        for (String address : List.of(email, "chief" + email, "new" + email)) {
            assertRefused(as(Provider.claims(address).claim("email_verified", null)));
            assertRefused(as(Provider.claims(address).claim("email_verified", false)));
        }

        assertThat(as(Provider.claims("chief" + email)).json().getString("role"))
                .isEqualTo("ADMIN");
    }

    @Test
    void noProviderNamesTheLocalAdministrator() {
        Api.Answer answer = as(Provider.claims("Admin@Realms.Local"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
        assertThat(answer.json().getString("code")).isEqualTo("email-taken");
    }

    @Test
    void whoeverWasDeletedStaysOutUntilAnAdministratorLetsThemIn() {
        String address = "gone" + email;
        String id = as(Provider.claims(address)).json().getString("id");
        TestDatabase.asOwner("DELETE FROM users WHERE id = '" + id + "'");

        assertRefused(as(Provider.claims(address)));
        assertThat(TestDatabase.query("SELECT count(*) FROM users WHERE email = '" + address + "'"))
                .isEqualTo("0");

        Tokens.of(address, "VIEWER");
        assertThat(as(Provider.claims(address)).json().getString("role")).isEqualTo("VIEWER");
    }

    private Api.Answer as(JWTClaimsSet.Builder claims) {
        return nobody.as(Provider.sign(KEY, claims)).get("/api/me");
    }

    @Test
    void knowsUsersFromBeforeRealmsWhileTheirRowsAreStillToBeMoved() {
        Api preRealm = nobody.as(Tokens.of("USER2@Example.COM", "ADMIN"));

        Api.Answer me = preRealm.get("/api/me");
        Api.Answer current = preRealm.get("/api/realms/current");

        assertThat(me.json().getString("email")).isEqualTo("user2@example.com");
        assertThat(me.json().getString("role")).isEqualTo("USER");
        assertThat(preRealm.get("/api/me/settings").status()).isEqualTo(200);
        assertThat(current.status()).isEqualTo(503);
        assertThat(current.json().getString("code")).isEqualTo("migration-in-progress");
        assertThat(current.header("Retry-After")).isPresent();
    }

    @Test
    void letsKeysOfUsersWaitWhoseRowsAreStillToBeMoved() {
        String key = TestDatabase.query("SELECT key FROM api_keys WHERE realm_id IS NULL ORDER BY id LIMIT 1");

        Api.Answer answer = nobody.as(key).get("/api/realms/current");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.json().getString("code")).isEqualTo("migration-in-progress");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sk_plain", "with.two.dots", "rlm_short", "key with = and spaces", "eyJhbGciOiJub25lIn0.e30."})
    void takesKeysFromBeforeRealmsWhateverTheirForm(String form) {
        String key = form + UUID.randomUUID();
        insertKey(key, "");

        Api.Answer answer = nobody.as(key).get("/api/realms/current");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().getString("id")).isEqualTo(realm(user));
    }

    @Test
    void takesTheTokenOfAnotherServiceThatWasGivenOutAsAKey() {
        String key = Provider.sign(KEY, Provider.claims(email).issuer("https://somewhere.else/"));
        insertKey(key, "");

        assertThat(nobody.as(key).get("/api/realms/current").status()).isEqualTo(200);
    }

    @Test
    void takesHashedKeysAndNotesTheirUse() {
        String key = ApiKeyFormat.generate();
        insertKey(ApiKeyFormat.kept(key), "");

        assertThat(nobody.as(key).get("/api/realms/current").status()).isEqualTo(200);

        assertThat(TestDatabase.query(
                        "SELECT last_used > now() - interval '1 minute' FROM api_keys WHERE api_key_hash(key) = '"
                                + ApiKeyFormat.hash(key) + "'"))
                .isEqualTo("t");
        assertRefused(nobody.as(ApiKeyFormat.hash(key)).get("/api/realms/current"));
        assertRefused(nobody.as(ApiKeyFormat.kept(key)).get("/api/realms/current"));
    }

    @Test
    void refusesKeysThatHaveEnded() {
        String expired = ApiKeyFormat.generate();
        String revoked = ApiKeyFormat.generate();
        insertKey(ApiKeyFormat.kept(expired), "expires_at = now() - interval '1 second'");
        insertKey(ApiKeyFormat.kept(revoked), "revoked_at = now()");

        assertRefused(nobody.as(expired).get("/api/realms/current"));
        assertRefused(nobody.as(revoked).get("/api/realms/current"));
        assertRefused(nobody.as(ApiKeyFormat.generate()).get("/api/realms/current"));
    }

    @Test
    void aKeyOpensItsRealmAndNothingElse() {
        String key = ApiKeyFormat.generate();
        insertKey(ApiKeyFormat.kept(key), "");
        Api bearer = nobody.as(key);
        String realm = realm(user);
        String other = user.post("/api/realms", "{\"name\":\"Other\"}").json().getString("id");

        assertThat(bearer.get("/api/realms/" + realm).status()).isEqualTo(200);
        assertThat(bearer.get("/api/realms/" + other).json().getString("code")).isEqualTo("realm-not-found");
        assertThat(bearer.get("/api/realms/" + other + "/stats").status()).isEqualTo(404);
        assertThat(bearer.patch("/api/realms/" + realm, "{\"name\":\"Mine\"}").status())
                .isEqualTo(403);
        assertThat(bearer.delete("/api/realms/" + realm).status()).isEqualTo(403);
        assertThat(bearer.get("/api/realms").status()).isEqualTo(403);
        assertThat(bearer.get("/api/me").json().getString("code")).isEqualTo("forbidden");
        assertThat(bearer.post("/api/realms/switch", "{\"realmId\":\"" + realm + "\"}")
                        .status())
                .isEqualTo(403);
        user.post("/api/realms/switch", "{\"realmId\":\"" + other + "\"}");
        assertThat(realm(bearer)).isEqualTo(realm);
    }

    @Test
    void viewersOnlyRead() {
        Api viewer = nobody.as(Tokens.of("viewer" + email, "VIEWER"));

        assertThat(viewer.get("/api/realms").status()).isEqualTo(200);
        assertThat(viewer.post("/api/realms", "{\"name\":\"x\"}").json().getString("code"))
                .isEqualTo("forbidden");
        assertThat(viewer.patch("/api/me/settings", "{\"theme\":\"DARK\"}").status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/admin/users",
                "/api/admin;x=y/users",
                "/api/admin/users;x=y",
                "/api/%61dmin/users",
                "/api/admin/users/",
                "/api//admin/users",
                "/api/./admin/users",
                "/api/me/../admin/users"
            })
    void noSpellingOpensTheAdministration(String path) {
        assertThat(user.get(path).status()).as(path).isIn(400, 403, 404);
        assertThat(nobody.get(path).status()).as(path).isIn(400, 401, 404);
    }

    @Test
    void unknownPathsAndMethodsAreProblems() {
        for (String path :
                new String[] {"/api/nothing", "/api", "/api/", "/nothing", "/problem-page", "/api/application.wadl"}) {
            Api.Answer answer = user.get(path);

            assertThat(answer.status()).as(path + answer).isEqualTo(404);
            assertThat(answer.header("Content-Type")).as(path).contains("application/problem+json");
            assertThat(answer.json().getString("code")).as(path).isEqualTo("not-found");
            assertThat(answer.json().getString("instance")).isEqualTo(path);
        }
        Api.Answer answer = user.delete("/api/me");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.json().getString("code")).isEqualTo("method-not-allowed");
        assertThat(answer.header("Allow").orElse("")).contains("GET");
    }

    @Test
    void answersHeadLikeGetAndOptionsWithTheMethods() {
        assertThat(user.send("HEAD", "/api/me", null).status()).isEqualTo(200);
        assertThat(user.send("OPTIONS", "/api/me", null).header("Allow").orElse(""))
                .contains("GET");
        assertThat(nobody.send("HEAD", "/api/me", null).status()).isEqualTo(401);
    }

    @Test
    void saysThatTheDatabaseIsAwayAndNotThatTheCallerIsUnknown() {
        String token = Tokens.of(email, "USER");
        assertThat(nobody.as(token).get("/api/me").status()).isEqualTo(200);

        TestDatabase.whileStopped(() -> {
            assertUnavailable(nobody.as(token).get("/api/me"));
            assertUnavailable(nobody.as("sk_any").get("/api/me"));
        });

        assertThat(nobody.as(token).get("/api/me").status()).isEqualTo(200);
    }

    @Test
    void startsWithoutTheProviderAndSaysThatItIsAwayHoweverOftenItIsAsked() {
        assertThat(whileAway).hasSize(700).allSatisfy(AuthIT::assertUnavailable);
        assertRefused(nobody.as("sk_any").get("/api/me"));
        assertThat(onceBack.status()).as(onceBack.toString()).isEqualTo(200);
    }

    @Test
    void servesWhomItKnowsAndEverybodyElseWhileTheProviderIsAway() {
        String known = Provider.sign(KEY, Provider.claims("known" + email));
        Api unknown = nobody.as(Provider.sign(Provider.ec("it too"), Provider.claims(email)));
        String key = ApiKeyFormat.generate();
        insertKey(ApiKeyFormat.kept(key), "");
        assertThat(nobody.as(known).get("/api/me").status()).isEqualTo(200);

        provider.isAway(true);
        try {
            assertUnavailable(unknown.get("/api/me"));
            assertThat(nobody.as(known).get("/api/me").status()).isEqualTo(200);
            assertThat(user.get("/api/me").status()).isEqualTo(200);
            assertThat(nobody.as(key).get("/api/realms/current").status()).isEqualTo(200);
        } finally {
            provider.isAway(false);
        }
    }

    private static void assertUnavailable(Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.json().getString("code")).isEqualTo("unavailable");
        assertThat(answer.header("Retry-After")).isPresent();
    }

    private static void assertRefused(Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
        assertThat(answer.json().getString("code")).isEqualTo("unauthenticated");
    }

    /** A key of this test's user, written as the pre-realm application writes it. */
    private void insertKey(String key, String change) {
        String id = user.get("/api/me").json().getString("id");
        TestDatabase.asOwner("INSERT INTO api_keys (name, key, user_id) VALUES ('it', '" + key + "', '" + id + "')");
        if (!change.isEmpty()) {
            TestDatabase.asOwner("UPDATE api_keys SET " + change + " WHERE key = '" + key + "'");
        }
    }

    private static String realm(Api api) {
        return api.get("/api/realms/current").json().getString("id");
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
