package dev.realms.security.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.realms.settings.LocalIssuerKey;
import dev.realms.settings.Settings;
import dev.realms.user.SignIn.TokenSubject;
import dev.realms.web.problem.DomainException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuersTest {

    private static final String EMAIL = "zoe@example.com";
    private static final RSAKey RSA = Provider.rsa("rsa");
    private static final ECKey EC = Provider.ec("ec");
    private static Provider provider;
    private static Issuers issuers;

    @TempDir
    private static Path data;

    private static LocalIssuerKey localKey;

    @BeforeAll
    static void start() throws Exception {
        provider = new Provider();
        provider.publish(RSA);
        provider.publish(EC);
        localKey = LocalIssuerKey.readOrCreate(data);
        issuers = issuers(provider.location());
    }

    @AfterAll
    static void stop() {
        provider.close();
    }

    @Test
    void takesTokensOfTheProvider() throws Exception {
        TokenSubject expected =
                new TokenSubject(Provider.ISSUER, "subject of " + EMAIL, Optional.of(EMAIL), true, "Zoë");

        assertThat(issuers.identify(Provider.sign(RSA, Provider.claims(EMAIL)))).contains(expected);
        assertThat(issuers.identify(Provider.sign(EC, Provider.claims(EMAIL)))).contains(expected);
    }

    @Test
    void takesTokensOfANewKeyAtOnceThoughTheOldOneHasNoName() throws Exception {
        for (String name : new String[] {"new", null}) {
            try (Provider rotating = new Provider()) {
                ECKey unnamed = rotating.publish(Provider.ec(null));
                Issuers taking = issuers(rotating.location());
                assertThat(taking.identify(Provider.sign(unnamed, Provider.claims(EMAIL))))
                        .isPresent();

                ECKey next = rotating.publish(Provider.ec(name));

                assertThat(taking.identify(Provider.sign(next, Provider.claims(EMAIL))))
                        .isPresent();
                assertThat(rotating.fetches()).isEqualTo(2);
            }
        }
    }

    @Test
    void readsNoKeysAgainForTheWrongSignatureOfAKeyWithAName() {
        try (Provider naming = new Provider()) {
            naming.publish(RSA);
            String forged = Provider.sign(Provider.rsa("rsa"), Provider.claims(EMAIL));
            Issuers taking = issuers(naming.location());

            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> taking.identify(forged)).isInstanceOf(InvalidToken.class);
            }

            assertThat(naming.fetches()).isEqualTo(1);
        }
    }

    @Test
    void takesTokensOfTheLocalIssuer() throws Exception {
        String token = localKey.mint("administrator", Duration.ofMinutes(1));

        assertThat(issuers.identify(token).orElseThrow())
                .satisfies(person -> assertThat(person.issuer()).isEqualTo("realms-local"))
                .satisfies(person -> assertThat(person.subject()).isEqualTo("administrator"));
    }

    /** Whoever has signed in before needs none. */
    @ParameterizedTest
    @MethodSource("addressesThatDoNotCount")
    void takesNoAddressThatNobodyVouchesFor(JWTClaimsSet.Builder claims) throws Exception {
        assertThat(issuers.identify(Provider.sign(RSA, claims)).orElseThrow().email())
                .isEmpty();
    }

    static Stream<JWTClaimsSet.Builder> addressesThatDoNotCount() {
        return Stream.of(
                Provider.claims(null),
                Provider.claims(EMAIL).claim("email", 1),
                Provider.claims(EMAIL).claim("email_verified", null),
                Provider.claims(EMAIL).claim("email_verified", false),
                Provider.claims(EMAIL).claim("email_verified", "false"),
                Provider.claims("zoe\u0000@example.com").subject("s"),
                Provider.claims("zo\u200Be@example.com"),
                Provider.claims("zoe"),
                Provider.claims("z".repeat(243) + "@example.com").subject("s"));
    }

    @Test
    void takesAnAddressOfAProviderThatIsTrustedButKnowsThatItIsNotVerified() throws Exception {
        Issuers trusting = issuers(provider.location(), Map.of("realms.auth.oidc.trust-emails", "true"));

        TokenSubject person = trusting.identify(
                        Provider.sign(RSA, Provider.claims(EMAIL).claim("email_verified", null)))
                .orElseThrow();

        assertThat(person.email()).contains(EMAIL);
        assertThat(person.verified()).isFalse();
        assertThat(trusting.identify(Provider.sign(RSA, Provider.claims(EMAIL).claim("email_verified", false)))
                        .orElseThrow()
                        .email())
                .isEmpty();
    }

    @Test
    void callsWhoeverHasNoNameByTheirAddress() throws Exception {
        String token = Provider.sign(RSA, Provider.claims(EMAIL).claim("name", " \n "));

        assertThat(issuers.identify(token).orElseThrow().name()).isEqualTo("zoe");
    }

    static Stream<Map.Entry<String, String>> spoiledTokens() throws Exception {
        SignedJWT hmac = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build(),
                Provider.claims(EMAIL).build());
        hmac.sign(new MACSigner(RSA.toRSAPublicKey().getEncoded()));
        String good = Provider.sign(RSA, Provider.claims(EMAIL));
        String[] parts = good.split("\\.");
        String admin =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("zoe@", "admin@");
        String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(admin.getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                spoiled("algorithm none", new PlainJWT(Provider.claims(EMAIL).build()).serialize()),
                spoiled("HMAC with the public key", hmac.serialize()),
                spoiled("another RSA algorithm", Provider.sign(RSA, JWSAlgorithm.PS256, Provider.claims(EMAIL))),
                spoiled("tampered", parts[0] + "." + payload + "." + parts[2]),
                spoiled("unknown key", Provider.sign(Provider.rsa("other"), Provider.claims(EMAIL))),
                spoiled("another key of that name", Provider.sign(Provider.rsa("rsa"), Provider.claims(EMAIL))),
                spoiled("another audience", Provider.claims(EMAIL).audience("elsewhere")),
                spoiled("no audience", Provider.claims(EMAIL).audience((String) null)),
                spoiled("expired", Provider.claims(EMAIL).expirationTime(Provider.in(-60))),
                spoiled("no end", Provider.claims(EMAIL).expirationTime(null)),
                spoiled("not yet valid", Provider.claims(EMAIL).notBeforeTime(Provider.in(60))),
                spoiled("no subject", Provider.claims(EMAIL).subject(null)),
                spoiled("blank subject", Provider.claims(EMAIL).subject(" ")),
                spoiled("long subject", Provider.claims(EMAIL).subject("s".repeat(256))),
                spoiled(
                        "control character in the subject",
                        Provider.claims(EMAIL).subject("s\u0000")),
                spoiled(
                        "the local issuer",
                        Provider.claims(EMAIL).issuer("realms-local").audience("realms")),
                spoiled("expired local", localKey.mint("administrator", Duration.ofSeconds(-60))));
    }

    @ParameterizedTest
    @MethodSource("spoiledTokens")
    void refuses(Map.Entry<String, String> token) {
        assertThatThrownBy(() -> issuers.identify(token.getValue())).isInstanceOf(InvalidToken.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rlm_abc",
                "sk_abc",
                "a.b.c",
                "sk.live.0123",
                "e30.e30.e30",
                "eyJhbGciOiJub25lIn0.bm90IGpzb24.",
                "eyJhbGciOiJSUzI1NiJ9.e30.",
                "..",
                "ü"
            })
    void leavesWhatIsNoTokenToTheApiKeys(String text) throws Exception {
        assertThat(issuers.identify(text)).isEmpty();
    }

    @Test
    void leavesTokensOfOtherIssuersToTheApiKeys() throws Exception {
        assertThat(issuers.identify(Provider.sign(RSA, Provider.claims(EMAIL).issuer("https://other/"))))
                .isEmpty();
    }

    @Test
    void findsKeysThatTheProviderAddsLaterAndIsNotMadeToFetchThemForEveryToken() throws Exception {
        try (Provider other = new Provider()) {
            other.publish(RSA);
            Issuers fresh = issuers(other.location());
            fresh.identify(Provider.sign(RSA, Provider.claims(EMAIL)));
            RSAKey added = other.publish(Provider.rsa("added"));

            assertThat(fresh.identify(Provider.sign(added, Provider.claims(EMAIL))))
                    .isPresent();
            assertThat(other.fetches()).isEqualTo(2);

            // Made before: a slow machine takes longer to sign ten than the answer is remembered.
            String unknown = Provider.sign(Provider.rsa("unknown"), Provider.claims(EMAIL));
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> fresh.identify(unknown)).isInstanceOf(InvalidToken.class);
            }
            assertThat(other.fetches()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void saysThatTheProviderIsAwayAndNotThatTheTokenIsBad() throws Exception {
        try (Provider other = new Provider()) {
            other.publish(RSA);
            other.isAway(true);
            Issuers fresh = issuers(other.location());

            for (int i = 0; i < 10; i++) {
                assertAway(fresh, RSA);
            }
            assertThat(fresh.identify(localKey.mint("administrator", Duration.ofMinutes(1))))
                    .isPresent();

            other.isAway(false);
            assertThat(fresh.identify(Provider.sign(RSA, Provider.claims(EMAIL))))
                    .isPresent();
        }
    }

    @Test
    void outlivesAnOutageOfTheProvider() throws Exception {
        try (Provider other = new Provider()) {
            other.publish(RSA);
            Issuers fresh = issuers(other.location());
            fresh.identify(Provider.sign(RSA, Provider.claims(EMAIL)));
            RSAKey added = other.publish(Provider.rsa("added"));
            other.isAway(true);

            assertAway(fresh, added);
            assertThat(fresh.identify(Provider.sign(RSA, Provider.claims(EMAIL))))
                    .isPresent();
        }
    }

    private static void assertAway(Issuers issuers, RSAKey key) {
        assertThatThrownBy(() -> issuers.identify(Provider.sign(key, Provider.claims(EMAIL))))
                .isInstanceOf(DomainException.class)
                .hasMessage("The sign-in provider's keys can't be had at the moment.");
    }

    private static Issuers issuers(String location) {
        return issuers(location, Map.of());
    }

    private static Issuers issuers(String location, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("mp.jwt.verify.issuer", Provider.ISSUER);
        settings.put("mp.jwt.verify.audiences", "other, " + Provider.AUDIENCE);
        settings.put("mp.jwt.verify.publickey.location", location);
        return Issuers.of(Settings.read(name -> Optional.ofNullable(settings.get(name))), Optional.of(localKey));
    }

    private static Map.Entry<String, String> spoiled(String how, JWTClaimsSet.Builder claims) {
        return spoiled(how, Provider.sign(RSA, claims));
    }

    private static Map.Entry<String, String> spoiled(String how, String token) {
        return Map.entry(how, token);
    }
}
