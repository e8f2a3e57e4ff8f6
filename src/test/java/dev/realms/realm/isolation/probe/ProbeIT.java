package dev.realms.realm.isolation.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import dev.realms.testing.Tokens;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plants defects on the database that is being served, sees that nobody is served any more, and sets them right again. */
@OnDatabase(DatabaseState.FINALIZED)
class ProbeIT {

    private final URI base = TestServer.base();

    private TestUser user;

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
    }

    @AfterEach
    void awaitThatItServesAgain() {
        await(() -> health().getString("status").equals("UP"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER ROLE realms_app SUPERUSER | ALTER ROLE realms_app NOSUPERUSER | superuser | superuser realms_app | The runtime role realms_app is a superuser.
            ALTER ROLE realms_app BYPASSRLS | ALTER ROLE realms_app NOBYPASSRLS | bypasses-rls | bypasses-rls realms_app | The runtime role realms_app bypasses row-level security (BYPASSRLS).
            CREATE SCHEMA s AUTHORIZATION realms_app | DROP SCHEMA s | owner | owner realms_app | The runtime role realms_app owns objects in the database, the schema s for one.
            GRANT TRUNCATE ON jobs TO realms_app | REVOKE TRUNCATE ON jobs FROM realms_app | may-truncate | may-truncate jobs | The runtime role realms_app may truncate table jobs.
            GRANT DELETE ON realms TO realms_app | REVOKE DELETE ON realms FROM realms_app | may-delete | may-delete realms | The runtime role realms_app may delete from table realms.
            ALTER TABLE documents DISABLE ROW LEVEL SECURITY | ALTER TABLE documents ENABLE ROW LEVEL SECURITY | row-level-security | row-level-security documents | Row-level security is off on table documents.
            CREATE POLICY more ON jobs USING (true) | DROP POLICY more ON jobs | policy | policy jobs | Table jobs does not have exactly the one policy, for all commands, that binds the runtime role.
            CREATE VIEW public.v AS SELECT * FROM jobs; GRANT SELECT ON public.v TO realms_app | DROP VIEW public.v | view | view public.v | The view public.v shows rows of realms past row-level security.
            GRANT CREATE ON SCHEMA realms TO PUBLIC | REVOKE CREATE ON SCHEMA realms FROM PUBLIC | may-create | may-create realms | The runtime role realms_app may create objects in schema realms, as everybody may: they could run with the rights of its owner.
            CREATE FUNCTION public.f() RETURNS bigint SECURITY DEFINER RETURN (SELECT count(*) FROM jobs) | DROP FUNCTION public.f() | function | function public.f() | The function public.f() reads rows of realms as a role that row-level security does not bind.
            ALTER TABLE migration.state RENAME TO stat | ALTER TABLE migration.stat RENAME TO state | probe-failed | probe-failed | The question whether isolation is guaranteed failed; the log says how.
            """)
    void servesNobodyUntilTheDefectIsGone(String defect, String repair, String kind, String name, String sentence) {
        TestDatabase.asSuperuser(defect);
        try {
            await(() -> documents().status() == 503);

            var refused = documents();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Content-Type").orElseThrow()).startsWith("application/problem+json");
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(refused.json().getString("code")).isEqualTo("unavailable");
            assertThat(refused.json().getString("detail"))
                    .isEqualTo("Isolation can't be guaranteed: %s.".formatted(kind));
            assertThat(health().getString("status")).isEqualTo("DOWN");
            assertThat(healthText())
                    .doesNotContain(sentence)
                    .doesNotContain(name)
                    .doesNotContain(kind);
            assertThat(TestServer.log()).contains(sentence);
        } finally {
            TestDatabase.asSuperuser(repair);
        }

        await(() -> documents().status() == 200);
        assertThat(health().getString("status")).isEqualTo("UP");
    }

    @Test
    void refusesBeforeAnybodyIsKnownButLetsAdministratorsIn() {
        Api nobody = Api.at(base);
        Api admin = nobody.as(Tokens.of("admin@example.com", "ADMIN"));
        TestDatabase.asSuperuser("ALTER ROLE realms_app BYPASSRLS");
        try {
            await(() -> documents().status() == 503);

            assertThat(nobody.get("/api/me").status()).isEqualTo(503);
            assertThat(nobody.post("/api/realms", "{").status()).isEqualTo(503);
            assertThat(nobody.get("/api/admin").status()).isEqualTo(503);
            assertThat(nobody.get("/api/admin/users/../../me").status()).isEqualTo(503);
            assertThat(nobody.get("/api/admin/users").status()).isEqualTo(401);
            assertThat(user.api().get("/api/admin/users").status()).isEqualTo(403);
            assertThat(admin.get("/api/admin/migration").status()).isEqualTo(200);
            assertThat(nobody.get("/health/live").status()).isEqualTo(200);
        } finally {
            TestDatabase.asSuperuser("ALTER ROLE realms_app NOBYPASSRLS");
        }
    }

    @Test
    void doesNotTakeALostDatabaseForADefect() {
        TestDatabase.whileStopped(() -> {
            await(() -> documents().status() == 503);
            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());

            assertThat(documents().json().getString("detail")).doesNotContain("solation");
            assertThat(health().getString("status")).isEqualTo("UP");
        });

        await(() -> documents().status() == 200);
    }

    private Api.Answer documents() {
        return user.api().get(user.path("/documents"));
    }

    private String healthText() {
        return Api.at(base).get("/health/ready").body();
    }

    private JsonObject health() {
        return Api.at(base).get("/health/ready").json().getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .filter(check -> check.getString("name").equals("isolation"))
                .findFirst()
                .orElseThrow();
    }

    private static void await(BooleanSupplier state) {
        Instant end = Instant.now().plusSeconds(20);
        while (!state.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
