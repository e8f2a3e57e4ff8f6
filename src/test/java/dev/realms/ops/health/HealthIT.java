package dev.realms.ops.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            await(() -> user.api().get("/health/ready").status() == 503);
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

        await(() -> user.api().get("/health/ready").status() == 200);
        assertThat(user.api().get(user.path("/documents")).status()).isEqualTo(200);
    }

    /** Each would be three transactions, of metrics eight. */
    @ParameterizedTest
    @ValueSource(strings = {"/health/ready", "/health/started", "/metrics"})
    void asksTheDatabaseOnceForManyStrangers(String path) {
        Api stranger = Api.at(base);
        stranger.get(path);

        long before = transactions();
        long start = System.nanoTime();
        IntStream.range(0, 300).parallel().forEach(i -> stranger.get(path));
        double seconds = (System.nanoTime() - start) / 1e9;

        // Backends tell what they did within a second; the probe and the watch of the migration are at work, too.
        LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
        assertThat(transactions() - before).as("in %.1f s", seconds).isLessThan(60 + Math.round(40 * seconds));
    }

    private static long transactions() {
        return Long.parseLong(TestDatabase.query(
                "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()"));
    }

    /** Answers are a second old at most. */
    private static void await(BooleanSupplier state) {
        Instant end = Instant.now().plusSeconds(20);
        while (!state.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static Map<String, String> checks(Api.Answer answer) {
        return answer.json().getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .collect(Collectors.toMap(check -> check.getString("name"), check -> check.getString("status")));
    }
}
