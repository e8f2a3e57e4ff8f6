package dev.realms.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.Tokens;
import dev.realms.testing.Wars;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The migration as an operator sees and steers it over HTTP. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class MigrationApiIT {

    private static final String MIGRATION = "/api/admin/migration";

    @ArquillianResource
    private URI base;

    private Api admin;

    @Deployment
    static WebArchive onALegacyDatabase() {
        TestDatabase.resetToLegacy(100);
        return Wars.realms();
    }

    @BeforeEach
    void signIn() {
        admin = Api.at(base).as(Tokens.of("operator@example.com", "ADMIN"));
    }

    /** In one test, because there is one way through the states. */
    @Test
    void leadsFromExpandedToMigrated() {
        admin.get("/api/me"); // The first sign-in makes a user, who then counts.
        Map<String, String> before = TestDatabase.legacyChecksums();
        Api.Answer expanded = admin.get(MIGRATION);
        assertThat(expanded.status()).isEqualTo(200);
        assertThat(expanded.json().getString("state")).isEqualTo("expanded");

        JsonObject preflight = admin.post(MIGRATION + "/preflight").json();
        assertThat(preflight.getBoolean("ready")).isTrue();
        assertThat(preflight.getJsonObject("rowsToTouch").getInt("users")).isEqualTo(100);

        String tag = expanded.header("ETag").orElseThrow();
        Api.Answer started = admin.with("If-Match", tag).post(MIGRATION + "/start");
        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        assertThat(admin.with("If-Match", tag).post(MIGRATION + "/stop").json().getString("code"))
                .isEqualTo("stale");

        JsonObject migrated = awaitRest();
        assertThat(migrated.getString("state")).as(migrated.toString()).isEqualTo("migrated");
        assertThat(migrated.getJsonObject("users").getInt("done"))
                .isEqualTo(Integer.parseInt(TestDatabase.query("SELECT count(*) FROM users")));
        assertThat(migrated.getJsonObject("rows").getInt("done"))
                .isEqualTo(migrated.getJsonObject("rows").getInt("total"));
        assertThat(TestDatabase.legacyChecksums()).isEqualTo(before);

        assertThat(admin.post(MIGRATION + "/verify").json().getBoolean("passed"))
                .isTrue();
        assertThat(admin.get(MIGRATION + "/executions").json().getJsonArray("items"))
                .singleElement()
                .extracting(execution -> execution.asJsonObject().getString("batchStatus"))
                .isEqualTo("COMPLETED");
        for (String act : List.of("start", "pause", "resume", "stop")) {
            Api.Answer refused = admin.post(MIGRATION + "/" + act);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
            assertThat(refused.json().toString()).isEqualTo("""
                            {"type":"urn:realms:problem:wrong-state","title":"The state does not allow this","status":409,\
                            "detail":"The migration is migrated: it can't %1$s.","instance":"/api/admin/migration/%1$s","code":"wrong-state"}""".formatted(act));
        }
        assertThat(TestDatabase.query(
                        "SELECT string_agg(DISTINCT actor, ' ') = (SELECT id::text FROM users WHERE email = 'operator@example.com')"
                                + " FROM migration.audit_log WHERE actor <> 'system'"))
                .isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/executions"})
    void isForAdministratorsOnly(String path) {
        Api user = Api.at(base).as(Tokens.of("somebody@example.com", "USER"));

        assertThat(user.get(MIGRATION + path).status()).isEqualTo(403);
        assertThat(Api.at(base).get(MIGRATION + path).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"preflight", "start", "pause", "resume", "stop", "verify"})
    void letsNobodyElseAct(String act) {
        Api user = Api.at(base).as(Tokens.of("somebody@example.com", "USER"));

        assertThat(user.post(MIGRATION + "/" + act).status()).isEqualTo(403);
    }

    private JsonObject awaitRest() {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (true) {
            JsonObject view = admin.get(MIGRATION).json();
            if (!List.of("running", "verifying").contains(view.getString("state"))) {
                return view;
            }
            assertThat(Instant.now()).as(view.toString()).isBefore(end);
            LockSupport.parkNanos(50_000_000);
        }
    }
}
