package dev.realms.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void hasTheDocumentedDefaults() {
        Settings settings = read(Map.of());

        assertThat(settings.httpPort()).isEqualTo(8080);
        assertThat(settings.dataDirectory()).isEqualTo(Path.of("data"));
        assertThat(settings.database().url()).isEmpty();
        assertThat(settings.database().appUser()).isEqualTo("realms_app");
        assertThat(settings.sampleUsers()).isZero();
        assertThat(settings.migrationAutostart()).isFalse();
        assertThat(settings.localIssuer()).isFalse();
        assertThat(settings.maxBodyBytes()).isEqualTo(1_048_576);
        assertThat(settings.maxImportBytes()).isEqualTo(536_870_912);
        assertThat(settings.probeSeconds()).isEqualTo(10);
        assertThat(settings.tokenVerification()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        realms.http.port           | abc          | realms.http.port must be a port number from 0 to 65535, but is 'abc'.
        realms.http.port           | 65536        | realms.http.port must be a port number from 0 to 65535, but is '65536'.
        realms.http.port           | -1           | realms.http.port must be a port number from 0 to 65535, but is '-1'.
        realms.sample.users        | 1e3          | realms.sample.users must be a whole number from 0 to 1000000, but is '1e3'.
        realms.migration.autostart | maybe        | realms.migration.autostart must be true or false, but is 'maybe'.
        realms.migrate.action      | rolback      | realms.migrate.action must be one of preflight, migrate, verify, rollback, cancel-rollback, finalize, but is 'rolback'.
        realms.migration.answers   | a=b, c       | realms.migration.answers must look like name=value,name=value, but holds 'c'.
        realms.migration.limits    | parallelism  | realms.migration.limits must look like name=value,name=value, but holds 'parallelism'.
        realms.auth.local-issuer   | tru          | realms.auth.local-issuer must be true or false, but is 'tru'.
        realms.isolation.probe-seconds | 0        | realms.isolation.probe-seconds must be a number of seconds from 1 to 3600, but is '0'.
        realms.http.trusted-proxies | 10.0.0.0/8,proxy | realms.http.trusted-proxies must be addresses and networks such as 10.0.0.0/8,192.0.2.1, but holds 'proxy'.
        realms.http.trusted-proxies | 10.0.0.0/33 | realms.http.trusted-proxies must be addresses and networks such as 10.0.0.0/8,192.0.2.1, but holds '10.0.0.0/33'.
        realms.http.trusted-proxies | ::1/8/8     | realms.http.trusted-proxies must be addresses and networks such as 10.0.0.0/8,192.0.2.1, but holds '::1/8/8'.
        realms.http.trusted-proxies | 10.0.0.1/   | realms.http.trusted-proxies must be addresses and networks such as 10.0.0.0/8,192.0.2.1, but holds '10.0.0.1/'.
        realms.secret-key          | not base 64  | realms.secret-key must be 32 bytes in base64, but is not base64.
        realms.secret-key          | c2hvcnQ=     | realms.secret-key must be 32 bytes in base64, but holds 5 bytes.
        realms.db.url              | localhost/db | realms.db.url must look like jdbc:postgresql://host:5432/database, but is 'localhost/db'.
        realms.db.url              | jdbc:mysql://u:geheim@h/d | realms.db.url must look like jdbc:postgresql://host:5432/database, but is 'jdbc:mysql://***@h/d': a database of MySQL can't be taken over; move it to PostgreSQL before, with the schema that the old application makes there.
        realms.db.url              | jdbc:postgresql://h/d?sslmode=require&preferQueryMode=simple | realms.db.url must not have the parameter preferQueryMode=simple: with it no realm can be opened.
        realms.db.url              | jdbc:postgresql://h/d?stringtype=UNSPECIFIED | realms.db.url must not have the parameter stringtype=UNSPECIFIED: with it no realm can be opened.
        realms.db.app.url          | jdbc:postgresql://h/d?prepareThreshold=-1&user=u | realms.db.app.url must not have the parameter prepareThreshold=-1: with it no realm can be opened.
        """)
    void namesTheSettingThatIsWrong(String name, String value, String sentence) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(SettingException.class)
                .hasMessage(sentence);
    }

    @Test
    void takesNoMisspelledSettingForOneThatWasLeftOut() {
        Settings.requireKnown(Settings.NAMES);
        Settings.requireKnown(Set.of("java.version", "mp.jwt.verify.issuer"));

        assertThatThrownBy(() -> Settings.requireKnown(Set.of("realms.http.prot", "realms.http.port")))
                .isInstanceOf(SettingException.class)
                .hasMessage("realms.http.prot is no setting; the README lists them all.");
        assertThatThrownBy(() -> Settings.requireKnown(Set.of(Settings.SERVING)))
                .isInstanceOf(SettingException.class)
                .hasMessage("realms.serving is no setting; the README lists them all.");
    }

    @Test
    void readsSystemPropertiesBeforeTheEnvironment() {
        Lookup lookup = Lookup.of(
                Map.of("realms.http.port", "1234")::get,
                Map.of("REALMS_HTTP_PORT", "5", "REALMS_AUTH_LOCAL_ISSUER", "on", "REALMS_DB_APP_USER", " ")::get);

        Settings settings = Settings.read(lookup);

        assertThat(settings.httpPort()).isEqualTo(1234);
        assertThat(settings.localIssuer()).isTrue();
        assertThat(settings.database().appUser()).isEqualTo("realms_app");
    }

    @Test
    void tellsTheAddressesOfANetwork() throws Exception {
        IpNetwork odd = read(Map.of("realms.http.trusted-proxies", " 192.0.2.130/25 "))
                .trustedProxies()
                .get(0);
        IpNetwork all = read(Map.of("realms.http.trusted-proxies", "::/0"))
                .trustedProxies()
                .get(0);

        assertThat(odd.holds(InetAddress.getByName("192.0.2.255"))).isTrue();
        assertThat(odd.holds(InetAddress.getByName("192.0.2.127"))).isFalse();
        assertThat(all.holds(InetAddress.getByName("2001:db8::1"))).isTrue();
        assertThat(all.holds(InetAddress.getByName("192.0.2.1"))).isFalse();
        assertThat(odd).hasToString("192.0.2.130/25");
        assertThat(read(Map.of()).trustedProxies()).isEmpty();
    }

    @Test
    void takesPasswordsAsTheyAreAndKeysWithoutWhatIsAroundThem() {
        String odd = " $1 $$ {x} $x '\"\\ ";
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        Lookup lookup = Lookup.of(
                Map.of("realms.db.owner.password", odd)::get,
                Map.of("REALMS_DB_APP_PASSWORD", odd, "REALMS_SECRET_KEY", " " + key + "\r\n")::get);

        Settings settings = Settings.read(lookup);

        assertThat(settings.database().ownerPassword()).contains(new Secret(odd));
        assertThat(settings.database().appPassword()).contains(new Secret(odd));
        assertThat(settings.requireSecretKey().bytes()).hasSize(32);
    }

    /** Payara and WildFly put other values there, if only in some cases. */
    @Test
    void refusesPasswordsThatServersWouldChange() {
        assertThatThrownBy(() -> read(Map.of("realms.db.app.password", "a${user.dir}b")))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "realms.db.app.password must not hold ${…}, which application servers take for an expression:"
                                + " choose another password.");
    }

    @Test
    void takesTheOwnerFromTheUrlAndOutOfIt() {
        DatabaseSettings database = read(Map.of(
                        "realms.db.url", "jdbc:postgresql://h/d?user=olga&sslmode=require&password=a%26b"))
                .database();

        assertThat(database.ownerUser()).contains("olga");
        assertThat(database.ownerPassword()).contains(new Secret("a&b"));
        assertThat(database.url().map(DatabaseUrl::withoutCredentials))
                .contains("jdbc:postgresql://h/d?sslmode=require");
    }

    @Test
    void refusesOneRoleForBothPurposes() {
        Map<String, String> same = Map.of("realms.db.owner.user", "realms_app");

        assertThatThrownBy(() -> read(same)).hasMessageStartingWith("realms.db.app.user must differ from");
    }

    @Test
    void asksForASecretKeyOnlyWhereItIsNeeded() {
        String key = Base64.getEncoder().encodeToString(new byte[32]);

        assertThatThrownBy(() -> read(Map.of()).requireSecretKey())
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("realms.secret-key is missing:");
        assertThat(read(Map.of("realms.secret-key", key)).requireSecretKey().bytes())
                .hasSize(32);
    }

    @Test
    void namesTheKeyThatIsWrong() {
        assertThatThrownBy(() -> read(Map.of("realms.secret-key.previous", "c2hvcnQ=")))
                .isInstanceOf(SettingException.class)
                .hasMessage("realms.secret-key.previous must be 32 bytes in base64, but holds 5 bytes.");
    }

    @Test
    void neverPrintsASecret() {
        Settings settings = read(Map.of(
                "realms.db.url", "jdbc:postgresql://h/d?user=o&password=geheim1",
                "realms.db.app.password", "geheim2",
                "realms.secret-key", Base64.getEncoder().encodeToString(new byte[32])));

        assertThat(settings.toString()).doesNotContain("geheim").doesNotContain("AAAA");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OidcSettings.CLIENT_ID,
                OidcSettings.AUTHORIZATION_ENDPOINT,
                OidcSettings.TOKEN_ENDPOINT,
            })
    void namesWhatIsMissingForSigningInThroughAProvider(String missing) {
        Map<String, String> half = oidc();
        half.put(OidcSettings.SCOPE, "openid");
        half.remove(missing);

        assertThatThrownBy(() -> read(half))
                .isInstanceOf(SettingException.class)
                .hasMessage(missing + " is missing: the console needs it to sign in through the OIDC provider.");
    }

    @Test
    void readsHowToSignInThroughAProvider() {
        OidcSettings oidc = read(oidc()).oidc().orElseThrow();

        assertThat(read(Map.of()).oidc()).isEmpty();
        assertThat(oidc.clientId()).isEqualTo("console");
        assertThat(oidc.scope()).isEqualTo("openid email profile");
        assertThat(oidc.tokenOrigin()).isEqualTo("http://localhost:9000");
    }

    /** What ends up in a header of every page is an origin and nothing else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.example.com/token",
                "https://login.example.com/#token",
                "https://user:geheim@login.example.com/token",
                "https:/token",
                "/token",
                "https://a;script-src *",
                "https://*/token",
                "data:text/plain,x",
            })
    void takesNoEndpointThatIsNotSafe(String endpoint) {
        Map<String, String> wrong = oidc();
        wrong.put(OidcSettings.TOKEN_ENDPOINT, endpoint);

        assertThatThrownBy(() -> read(wrong))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("realms.auth.oidc.token-endpoint must be an https address such as")
                .hasMessageNotContaining("geheim");
    }

    private static Map<String, String> oidc() {
        return new HashMap<>(Map.of(
                OidcSettings.CLIENT_ID, "console",
                OidcSettings.AUTHORIZATION_ENDPOINT, "https://login.example.com/authorize",
                OidcSettings.TOKEN_ENDPOINT, "http://localhost:9000/token"));
    }

    private static Settings read(Map<String, String> values) {
        return Settings.read(name -> Optional.ofNullable(values.get(name)));
    }
}
