package dev.realms.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a platform sees while the database comes and goes. */
@OnDatabase(DatabaseState.FINALIZED)
class HealthIT {

    private final URI base = TestServer.base();

    @Test
    void namesItsChecks() {
        Api api = Api.at(base);

        assertThat(checks(api.get("/health/live"))).containsEntry("application", "UP");
        assertThat(checks(api.get("/health/ready")))
                .containsEntry("database", "UP")
                .containsEntry("migration", "UP")
                .containsEntry("isolation", "UP");
        assertThat(checks(api.get("/health/started"))).containsEntry("schema", "UP");
    }

    @Test
    void isNotReadyWithoutItsDatabaseAndRecoversByItself() {
        TestUser user = TestUser.signIn(base);

        TestDatabase.whileStopped(() -> {
            var ready = user.api().get("/health/ready");
            var request = user.api().get(user.path("/documents"));

            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().getString("status")).isEqualTo("DOWN");
            assertThat(checks(ready)).containsEntry("database", "DOWN").containsEntry("migration", "DOWN");
            assertThat(user.api().get("/health/live").status()).isEqualTo(200);
            assertThat(request.status()).as(request.toString()).isEqualTo(503);
            assertThat(request.json().getString("code")).isEqualTo("unavailable");
            assertThat(request.header("Retry-After")).isPresent();
        });

        assertThat(user.api().get("/health/ready").status()).isEqualTo(200);
        assertThat(user.api().get(user.path("/documents")).status()).isEqualTo(200);
    }

    private static Map<String, String> checks(Api.Answer answer) {
        return answer.json().getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .collect(Collectors.toMap(check -> check.getString("name"), check -> check.getString("status")));
    }
}
