package dev.realms.ops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.Tokens;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every batch job in one list, stopped and gone on with from there. */
@OnDatabase(value = DatabaseState.EXPANDED, users = 50)
class JobExecutionsIT {

    private static final String EXECUTIONS = "/api/admin/executions";
    private static final String MIGRATION = "/api/admin/migration";
    private static final String MIGRATE = "migrate-users-to-default-realms";

    private final URI base = TestServer.base();

    private Api admin;

    @BeforeEach
    void signIn() {
        admin = Api.at(base).as(Tokens.of("operator@example.com", "ADMIN"));
    }

    @Test
    void knowsEveryJob() throws IOException {
        for (String name : JobXmls.names()) {
            assertThat(admin.get(EXECUTIONS + "?job=" + name).status()).as(name).isEqualTo(200);
        }
        Api.Answer unknown = admin.get(EXECUTIONS + "?job=x");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().getString("detail"))
                .isEqualTo("job must be one of " + String.join(", ", JobXmls.names()) + ".");
        assertThat(admin.get(EXECUTIONS + "?limit=0").status()).isEqualTo(400);
    }

    @Test
    void isForAdministratorsOnly() {
        Api user = Api.at(base).as(Tokens.of("somebody@example.com", "USER"));

        assertThat(user.get(EXECUTIONS).status()).isEqualTo(403);
        assertThat(user.post(EXECUTIONS + "/1/stop").status()).isEqualTo(403);
        assertThat(user.post(EXECUTIONS + "/1/restart").status()).isEqualTo(403);
        assertThat(Api.at(base).get(EXECUTIONS).status()).isEqualTo(401);
    }

    @Test
    void knowsNoExecutionThatIsNone() {
        assertThat(admin.with("Idempotency-Key", "long")
                        .post(EXECUTIONS + "/" + "1".repeat(5_000) + "/stop")
                        .status())
                .isEqualTo(404);
        for (String id : List.of("999999999", "-1", "x", "99999999999999999999999", "%7BrealmId%7D")) {
            Api.Answer answer = admin.with("Idempotency-Key", id).post(EXECUTIONS + "/" + id + "/stop");
            assertThat(answer.status()).as("%s: %s", id, answer).isEqualTo(404);
        }
    }

    /** In one test, because there is one way through the states. */
    @Test
    void stopsEveryJobAndGoesOnWithIt() throws SQLException {
        // The server remembers those of other classes, too.
        List<JsonObject> before = list("");
        migrates();
        rotatesTheKey();
        audits();
        finalizesNothingThatWasNotBegun();
        rollsBack();

        List<JsonObject> all = list("");
        assertThat(all)
                .isSortedAccordingTo((one, other) -> Long.compare(
                        other.getJsonNumber("id").longValue(),
                        one.getJsonNumber("id").longValue()))
                .filteredOn(execution -> !before.contains(execution))
                .extracting(execution -> execution.getString("job"))
                .contains("roll-back-realms", "finalize-realms", "isolation-audit", "rotate-secret-key", MIGRATE);
        assertThat(pages(EXECUTIONS, "?limit=2")).isEqualTo(all);
        assertThat(pages(EXECUTIONS, "?limit=1&job=" + MIGRATE))
                .isEqualTo(all.stream()
                        .filter(execution -> execution.getString("job").equals(MIGRATE))
                        .toList())
                .hasSizeGreaterThan(1);
        assertThat(pages(MIGRATION + "/executions", "?limit=1")).hasSizeGreaterThan(1);
        // Nobody else is served before that.
        admin.post(MIGRATION + "/start");
        awaitState("migrated");
    }

    private void migrates() throws SQLException {
        JsonObject stopped;
        // Somebody is in a transaction, and the migration may not go on beside anybody.
        admin.patch(MIGRATION + "/limits", "{\"activeSessions\": 0}");
        try (Connection busy = TestDatabase.owner()) {
            hold(busy, "SELECT pg_current_xact_id()");
            assertThat(admin.post(MIGRATION + "/start").status()).isEqualTo(202);
            JsonObject running = await(MIGRATE, may("stop"));
            assertThat(running.getString("status")).isEqualTo("STARTED");
            assertThat(running.getJsonObject("parameters").toString()).isEqualTo("{\"stateMoved\":\"true\"}");
            assertThat(running.isNull("createTime") || running.isNull("startTime"))
                    .isFalse();
            refuses(running, "restart", "is STARTED: it can't restart.");

            assertThat(act(running, "stop").status()).isEqualTo(202);

            stopped = await(MIGRATE, may("restart"));
            assertThat(stopped.get("id")).isEqualTo(running.get("id"));
            assertThat(admin.get(MIGRATION).json().getString("state")).isEqualTo("stopped");
            refuses(stopped, "stop", "it can't stop.");
        }
        admin.patch(MIGRATION + "/limits", "{\"activeSessions\": 50}");

        Api.Answer restarted = act(stopped, "restart");

        assertThat(restarted.status()).as(restarted.toString()).isEqualTo(202);
        assertThat(restarted.json().get("id")).isNotEqualTo(stopped.get("id"));
        awaitState("migrated");
        JsonObject completed = await(MIGRATE, JobExecutionsIT::isCompleted);
        assertThat(completed.getJsonArray("acts")).isEmpty();
        assertThat(completed.getJsonArray("steps").getValuesAs(JsonObject.class))
                .extracting(step -> step.getString("name"))
                .startsWith("come-back", "preflight")
                .endsWith("contract");
        JsonObject documents = completed.getJsonArray("steps").getValuesAs(JsonObject.class).stream()
                .filter(step -> step.getString("name").equals("documents"))
                .findFirst()
                .orElseThrow();
        assertThat(documents.getInt("readCount")).isPositive().isEqualTo(documents.getInt("writeCount"));
        assertThat(documents.getInt("commitCount")).isPositive();
        refuses(completed, "restart", "is COMPLETED: it can't restart.");
        refuses(stopped, "restart", "it can't restart.");
        assertThat(acts()).contains("start running", "stop stopped");
    }

    private void rotatesTheKey() {
        admin.post("/api/admin/secret-key/rotate");
        JsonObject running = await("rotate-secret-key", may("stop"));

        assertThat(act(running, "stop").status()).isEqualTo(202);
        JsonObject ended = await("rotate-secret-key", may("restart"));
        assertThat(act(ended, "restart").status()).isEqualTo(202);
        JsonObject again = await("rotate-secret-key", may("stop"));
        assertThat(again.get("id")).isNotEqualTo(ended.get("id"));
        assertThat(act(again, "stop").status()).isEqualTo(202);
        await("rotate-secret-key", may("restart"));

        assertThat(acts()).contains("rotate-secret-key asked to stop", "rotate-secret-key ended early");
    }

    private void audits() {
        admin.post("/api/admin/isolation-audit");
        JsonObject completed = await("isolation-audit", JobExecutionsIT::isCompleted);

        assertThat(completed.getString("exitStatus")).isEqualTo("COMPLETED");
        assertThat(completed.getJsonArray("steps").getJsonObject(0).getString("exitStatus"))
                .isEqualTo("passed");
        assertThat(completed.getJsonObject("parameters")).containsOnlyKeys("run");
        assertThat(completed.getJsonArray("acts")).isEmpty();
    }

    /** The word has to be typed: a restart is no way around that. */
    private void finalizesNothingThatWasNotBegun() throws SQLException {
        try (Connection busy = TestDatabase.owner()) {
            hold(busy, "LOCK TABLE jobs");
            admin.post(MIGRATION + "/finalize", "{\"confirm\": \"finalize\"}");
            JsonObject failed = await(
                    "finalize-realms",
                    execution -> execution.getString("status").equals("FAILED"));
            assertThat(failed.getJsonArray("acts")).isEmpty();
            refuses(failed, "restart", "is FAILED: it can't restart.");
        }
        assertThat(admin.get(MIGRATION).json().getString("state")).isEqualTo("migrated");
    }

    private void rollsBack() throws SQLException {
        JsonObject failed;
        try (Connection busy = TestDatabase.owner()) {
            hold(busy, "LOCK TABLE jobs IN ACCESS SHARE MODE");
            admin.post(MIGRATION + "/rollback", "{\"confirm\": \"rollback\"}");
            JsonObject running = await("roll-back-realms", may("stop"));

            assertThat(act(running, "stop").status()).isEqualTo(202);

            failed = await("roll-back-realms", may("restart"));
            assertThat(admin.get(MIGRATION).json().getString("state")).isEqualTo("rollback-failed");
            assertThat(admin.get(MIGRATION).json().getString("reason"))
                    .isEqualTo("The application server stopped the job.");
        }
        assertThat(act(failed, "restart").status()).isEqualTo(202);
        awaitState("rolled-back");
        assertThat(await("roll-back-realms", JobExecutionsIT::isCompleted).getJsonArray("acts"))
                .isEmpty();
    }

    private List<JsonObject> pages(String list, String query) {
        List<JsonObject> items = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = admin.get(list + query + cursor).json();
            items.addAll(page.getJsonArray("items").getValuesAs(JsonObject.class));
            cursor = page.isNull("nextCursor") ? null : "&cursor=" + page.getString("nextCursor");
        } while (cursor != null);
        return items;
    }

    private static void hold(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void refuses(JsonObject execution, String act, String sentence) {
        Api.Answer refused = act(execution, act);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
        assertThat(refused.json().getString("code")).isEqualTo("wrong-state");
        assertThat(refused.json().getString("detail")).endsWith(sentence);
    }

    private Api.Answer act(JsonObject execution, String act) {
        return admin.post(EXECUTIONS + "/" + execution.get("id") + "/" + act);
    }

    private List<JsonObject> list(String query) {
        return admin.get(EXECUTIONS + query).json().getJsonArray("items").getValuesAs(JsonObject.class);
    }

    /** Whether that is the only thing to be done about it. */
    private static Predicate<JsonObject> may(String act) {
        return execution -> execution
                .getJsonArray("acts")
                .getValuesAs(JsonString::getString)
                .equals(List.of(act));
    }

    private static boolean isCompleted(JsonObject execution) {
        return execution.getString("status").equals("COMPLETED");
    }

    private JsonObject await(String job, Predicate<JsonObject> condition) {
        return until(
                () -> list("?limit=1&job=" + job).stream().findFirst().orElse(JsonObject.EMPTY_JSON_OBJECT),
                execution -> !execution.isEmpty() && condition.test(execution));
    }

    private void awaitState(String state) {
        until(() -> admin.get(MIGRATION).json(), view -> view.getString("state").equals(state));
    }

    private static JsonObject until(Supplier<JsonObject> look, Predicate<JsonObject> condition) {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (true) {
            JsonObject seen = look.get();
            if (condition.test(seen)) {
                return seen;
            }
            assertThat(Instant.now()).as(seen.toString()).isBefore(end);
            LockSupport.parkNanos(50_000_000);
        }
    }

    /** What operators have asked for and what the system did, with the outcomes. */
    private static List<String> acts() {
        return List.of(
                TestDatabase.query("SELECT string_agg(act || ' ' || outcome, ';' ORDER BY id) FROM migration.audit_log")
                        .split(";"));
    }
}
