package dev.realms.security.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.realms.settings.SettingException;
import dev.realms.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuerSettingsTest {

    private static final String ISSUER = "mp.jwt.verify.issuer";
    private static final String AUDIENCES = "mp.jwt.verify.audiences";
    private static final String KEY = "mp.jwt.verify.publickey";
    private static final String LOCATION = "mp.jwt.verify.publickey.location";
    private static final String ALGORITHM = "mp.jwt.verify.publickey.algorithm";
    private static final RSAKey RSA = Provider.rsa("rsa");
    private static final ECKey EC = Provider.ec("ec");

    private final Map<String, String> settings = new HashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void complete() throws Exception {
        settings.put(ISSUER, Provider.ISSUER);
        settings.put(AUDIENCES, Provider.AUDIENCE);
        settings.put(KEY, pem(RSA.toPublicKey()));
    }

    @Test
    void takesAKeyAsPemWhateverTheTokenCallsIt() throws Exception {
        assertOpens(RSA);

        settings.put(KEY, pem(EC.toPublicKey()));
        assertOpens(EC);
    }

    @Test
    void takesAKeyAsJwkOrJwksAlsoInBase64() throws Exception {
        for (String text : new String[] {
            RSA.toPublicJWK().toJSONString(), new JWKSet(RSA.toPublicJWK()).toString(),
        }) {
            settings.put(KEY, text);
            assertOpens(RSA);

            settings.put(KEY, Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
            assertOpens(RSA);
        }
    }

    @Test
    void readsTheKeyFromAFile() throws Exception {
        settings.remove(KEY);
        Path file = Files.writeString(folder.resolve("key.pem"), pem(RSA.toPublicKey()));

        settings.put(LOCATION, file.toString());
        assertOpens(RSA);

        settings.put(LOCATION, file.toUri().toString());
        assertOpens(RSA);
    }

    @Test
    void readsTheKeyFromTheClassPath() throws Exception {
        settings.remove(KEY);
        for (String location :
                new String[] {"classpath:keys/provider.json", "/keys/provider.json", "keys/provider.json"}) {
            settings.put(LOCATION, location);

            assertThat(issuers()).isNotNull();
        }
    }

    @Test
    void holdsTokensToTheOneAlgorithmThatIsSet() throws Exception {
        settings.put(ALGORITHM, "ES256");

        assertThatThrownBy(() -> assertOpens(RSA)).isInstanceOf(InvalidToken.class);
    }

    @Test
    void namesWhatIsMissingOrWrong() {
        assertRefused(
                ISSUER,
                null,
                "mp.jwt.verify.issuer is missing: it must be the provider's issuer, as its tokens name it.");
        assertRefused(
                ISSUER, "realms-local", "mp.jwt.verify.issuer must not be 'realms-local', which is the local issuer.");
        assertRefused(
                AUDIENCES,
                null,
                "mp.jwt.verify.audiences is missing: without it a token that the provider made for any other service opens this one.");
        assertRefused(ALGORITHM, "HS256", "mp.jwt.verify.publickey.algorithm must be RS256 or ES256, but is 'HS256'.");
        assertRefused(
                KEY,
                "secret",
                "mp.jwt.verify.publickey must be a public key as PEM, JWK or JWKS, but is none of these.");
        assertRefused(
                KEY,
                null,
                "Exactly one of mp.jwt.verify.publickey and mp.jwt.verify.publickey.location must be set, but neither is.");
        assertRefused(
                LOCATION,
                "https://id.example.com/keys",
                "Exactly one of mp.jwt.verify.publickey and mp.jwt.verify.publickey.location must be set, but both are.");
        settings.remove(KEY);
        assertRefused(
                LOCATION,
                "no/such/file.pem",
                "mp.jwt.verify.publickey.location must name a JWKS or a PEM file, but there is none at 'no/such/file.pem'.");
    }

    @Test
    void wantsAProviderForWhoeverSignsInThroughOne() {
        settings.put("realms.auth.oidc.client-id", "console");
        settings.put("realms.auth.oidc.authorization-endpoint", "https://login.example.com/authorize");
        settings.put("realms.auth.oidc.token-endpoint", "https://login.example.com/token");
        issuers();
        settings.keySet().removeIf(name -> name.startsWith("mp.jwt."));

        assertThatThrownBy(this::issuers)
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "mp.jwt.verify.issuer is missing: the tokens that the console gets through realms.auth.oidc.client-id would open nothing.");
    }

    private void assertRefused(String setting, String value, String sentence) {
        Map<String, String> before = new HashMap<>(settings);
        if (value == null) {
            settings.remove(setting);
        } else {
            settings.put(setting, value);
        }
        assertThatThrownBy(this::issuers).isInstanceOf(SettingException.class).hasMessage(sentence);
        settings.clear();
        settings.putAll(before);
    }

    private void assertOpens(JWK key) throws InvalidToken {
        assertThat(issuers().identify(Provider.sign(key, Provider.claims("zoe@example.com"))))
                .isPresent();
    }

    private Issuers issuers() {
        return Issuers.of(Settings.read(name -> Optional.ofNullable(settings.get(name))), Optional.empty());
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
