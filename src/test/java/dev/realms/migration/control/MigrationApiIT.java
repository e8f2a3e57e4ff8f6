package dev.realms.migration.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.state.MigrationState;
import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.Listener;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.Tokens;
import jakarta.json.JsonObject;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The migration as an operator sees and steers it over HTTP. */
@OnDatabase(value = DatabaseState.EXPANDED, users = 100)
class MigrationApiIT {

    private static final String MIGRATION = "/api/admin/migration";
    private static final String AUDIT = "/api/admin/isolation-audit";

    private final URI base = TestServer.base();

    private Api admin;

    @BeforeEach
    void signIn() {
        admin = Api.at(base).as(Tokens.of("operator@example.com", "ADMIN"));
    }

    /** In one test, because there is one way through the states. */
    @Test
    void leadsFromExpandedToMigrated() {
        admin.get("/api/me"); // The first sign-in makes a user, who then counts.
        Map<String, String> before = TestDatabase.preRealmChecksums();
        Api.Answer expanded = admin.get(MIGRATION);
        assertThat(expanded.status()).isEqualTo(200);
        assertThat(expanded.json().getString("state")).isEqualTo("expanded");

        JsonObject preflight = admin.post(MIGRATION + "/preflight").json();
        assertThat(preflight.getBoolean("ready")).isTrue();
        assertThat(preflight.getJsonObject("rowsToTouch").getInt("users")).isEqualTo(100);

        takesAnswers();

        String tag = expanded.header("ETag").orElseThrow();
        Listener listener = admin.listen(MIGRATION + "/events");
        long last = executions().stream().mapToLong(MigrationApiIT::id).max().orElse(0);
        Api once = admin.with("If-Match", tag).with("Idempotency-Key", "the-start");
        Api.Answer started = once.post(MIGRATION + "/start");
        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        givesTheFirstAnswerAgain(once, started);
        assertThat(admin.with("If-Match", tag).post(MIGRATION + "/stop").json().getString("code"))
                .isEqualTo("stale");

        JsonObject migrated = awaitRest();
        assertThat(migrated.getString("state")).as(migrated.toString()).isEqualTo("migrated");
        assertThat(migrated.getJsonObject("users").getInt("done"))
                .isEqualTo(Integer.parseInt(TestDatabase.query("SELECT count(*) FROM users")));
        assertThat(migrated.getJsonObject("rows").getInt("done"))
                .isEqualTo(migrated.getJsonObject("rows").getInt("total"));
        assertThat(TestDatabase.preRealmChecksums()).isEqualTo(before);
        assertThat(migrated.keySet())
                .contains(
                        "remainingSeconds",
                        "chunk",
                        "parallelism",
                        "throttle",
                        "heartbeatAt",
                        "lastCheckpointAt",
                        "failedChunks",
                        "acts");
        assertThat(migrated.isNull("heartbeatAt") || migrated.isNull("lastCheckpointAt"))
                .isFalse();
        assertThat(List.of(migrated.isNull("chunk"), migrated.isNull("throttle"), migrated.isNull("remainingSeconds")))
                .containsOnly(true);

        assertThat(admin.post(MIGRATION + "/verify").json().getBoolean("passed"))
                .isTrue();
        admin.post(AUDIT);
        assertThat(awaitAudit().getString("state")).isEqualTo("passed");
        assertThat(executions())
                .filteredOn(execution -> id(execution) > last)
                .singleElement()
                .extracting(execution -> execution.getString("batchStatus"))
                .isEqualTo("COMPLETED");
        for (String act : List.of("start", "pause", "resume", "stop")) {
            Api.Answer refused = admin.with("Idempotency-Key", "refused").post(MIGRATION + "/" + act);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
            assertThat(refused.json().toString()).isEqualTo("""
                            {"type":"urn:realms:problem:wrong-state","title":"The state does not allow this","status":409,\
                            "detail":"The migration is migrated: it can't %1$s.","instance":"/api/admin/migration/%1$s","code":"wrong-state"}""".formatted(act));
        }
        assertThat(TestDatabase.query("SELECT count(*) FROM migration.idempotent_acts WHERE key = 'refused'"))
                .as("what failed may be asked again")
                .isEqualTo("0");
        tellsWhoeverListens(listener);
        isMeasured();
        listsWhatWasDone();
        finalizes();
        assertThat(TestDatabase.query(
                        "SELECT string_agg(DISTINCT actor, ' ') = (SELECT id::text FROM users WHERE email = 'operator@example.com')"
                                + " FROM migration.audit_log WHERE actor <> 'system'"))
                .isEqualTo("t");
    }

    private void givesTheFirstAnswerAgain(Api once, Api.Answer started) {
        Api.Answer again = once.post(MIGRATION + "/start");
        assertThat(again.status()).as(again.toString()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(started.body());
        assertThat(again.header("ETag")).isEqualTo(started.header("ETag"));
        Api.Answer other = once.post(MIGRATION + "/start", "{\"answers\": {\"cross-user-server\": \"detach\"}}");
        assertThat(other.json().getString("code")).isEqualTo("idempotency-key-reused");
        assertThat(TestDatabase.query("SELECT count(*) FROM migration.audit_log WHERE act = 'start'"))
                .isEqualTo("1");
    }

    private void takesAnswers() {
        Api.Answer wrong = admin.post(MIGRATION + "/start", "{\"answers\": {\"cross-user-server\": \"ignore\"}}");
        assertThat(wrong.status()).as(wrong.toString()).isEqualTo(400);
        assertThat(wrong.json().getString("detail"))
                .isEqualTo("answers must have one of [refuse, detach, reassign] for cross-user-server.");
        assertThat(admin.post(MIGRATION + "/preflight", "{\"answers\": {\"cross-user-server\": \"detach\"}}")
                        .status())
                .isEqualTo(200);
    }

    private void finalizes() {
        JsonObject preview = admin.get(MIGRATION + "/finalize").json();
        assertThat(preview.getBoolean("possible")).as(preview.toString()).isTrue();
        assertThat(preview.getInt("keysToHash")).isPositive();
        assertThat(preview.getInt("credentialsToSeal")).isPositive();
        Api.Answer unconfirmed = admin.post(MIGRATION + "/finalize", "{}");
        assertThat(unconfirmed.status()).as(unconfirmed.toString()).isEqualTo(400);
        refusesAnOldView();

        Api.Answer started = admin.post(MIGRATION + "/finalize", "{\"confirm\": \"finalize\"}");
        assertThat(started.status()).as(started.toString()).isEqualTo(202);

        JsonObject ended = awaitFinalization();
        assertThat(ended.getJsonObject("lastRun").getString("state"))
                .as(ended.toString())
                .isEqualTo("finalized");
        assertThat(ended.getInt("keysToHash") + ended.getInt("credentialsToSeal"))
                .isZero();
        assertThat(ended.getJsonArray("tables")).isEmpty();
        assertThat(ended.getString("reason")).isEqualTo("The migration is finalized: it can't finalize.");
        assertThat(admin.get(MIGRATION).json().getString("state")).isEqualTo("finalized");
        Api.Answer verified = admin.post(MIGRATION + "/verify");
        assertThat(verified.json().getBoolean("passed")).as(verified.toString()).isTrue();
        assertThat(admin.post(MIGRATION + "/finalize", "{\"confirm\": \"finalize\"}")
                        .status())
                .isEqualTo(409);
        assertThat(admin.get("/health/ready").status()).isEqualTo(200);
    }

    private void refusesAnOldView() {
        Api.Answer refused =
                admin.with("If-Match", "\"0\"").post(MIGRATION + "/finalize", "{\"confirm\": \"finalize\"}");
        assertThat(refused.status()).as(refused.toString()).isEqualTo(412);
        assertThat(refused.json().getString("code")).isEqualTo("stale");
    }

    private JsonObject awaitFinalization() {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (true) {
            JsonObject view = admin.get(MIGRATION + "/finalize").json();
            if (!view.getJsonObject("lastRun").getString("state").equals("running")) {
                return view;
            }
            assertThat(Instant.now()).as(view.toString()).isBefore(end);
            LockSupport.parkNanos(50_000_000);
        }
    }

    @Test
    void tellsWhatAStreamIsWithoutBeginningIt() {
        Api.Answer answer = admin.with("Accept", "text/event-stream").send("HEAD", MIGRATION + "/events", null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/event-stream");
    }

    /** Also of other classes' migrations: the server remembers them all. */
    private List<JsonObject> executions() {
        return admin.get(MIGRATION + "/executions").json().getJsonArray("items").getValuesAs(JsonObject.class);
    }

    private static long id(JsonObject execution) {
        return execution.getJsonNumber("id").longValue();
    }

    /** Every move since the start, the view after the last of them, and to who comes again what they have missed. */
    private void tellsWhoeverListens(Listener listener) {
        List<Listener.Event> acts = acts(listener);
        listener.until(event ->
                event.name().equals("state") && event.data().getString("state").equals("migrated"));
        listener.close();
        assertThat(acts.stream()
                        .map(act ->
                                act.data().getString("act") + " " + act.data().getString("outcome")))
                .contains("start running", "baseline taken", "verify verifying", "contract migrated");

        try (Listener again = admin.with("Last-Event-ID", acts.get(0).id()).listen(MIGRATION + "/events")) {
            assertThat(acts(again)).isEqualTo(acts.subList(1, acts.size()));
        }
    }

    /** Up to the last move. */
    private static List<Listener.Event> acts(Listener listener) {
        Predicate<Listener.Event> isLast =
                event -> event.data().getString("outcome", "").equals("migrated");
        List<Listener.Event> acts = listener.until(isLast).stream()
                .filter(event -> event.name().equals("act"))
                .toList();
        int last = IntStream.range(0, acts.size())
                .filter(i -> isLast.test(acts.get(i)))
                .findFirst()
                .orElseThrow();
        return acts.subList(0, last + 1);
    }

    private void isMeasured() {
        List<String> lines = Api.at(base).get("/metrics").body().lines().toList();
        for (MigrationState state : MigrationState.values()) {
            assertThat(lines)
                    .contains("realms_migration_state{state=\"%s\"} %s"
                            .formatted(state.text(), state == MigrationState.MIGRATED ? "1.0" : "0.0"));
        }
        for (String table : List.of("users", "database_servers", "databases", "documents", "jobs", "api_keys")) {
            assertThat(lines).contains("realms_migration_done_ratio{table=\"%s\"} 1.0".formatted(table));
        }
        assertThat(lines)
                .contains("realms_migration_failed_chunks 0.0")
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"));
    }

    private void listsWhatWasDone() {
        JsonObject page = admin.get(MIGRATION + "/events?limit=3").json();
        JsonObject next = admin.get(MIGRATION + "/events?limit=3&cursor=" + page.getString("nextCursor"))
                .json();
        List<Long> ids = Stream.of(page, next)
                .flatMap(some -> some.getJsonArray("items").stream())
                .map(item -> item.asJsonObject().getJsonNumber("id").longValue())
                .toList();
        assertThat(ids)
                .hasSize(6)
                .isSortedAccordingTo(Comparator.reverseOrder())
                .doesNotHaveDuplicates();
        assertThat(page.getJsonArray("items").getJsonObject(0).keySet())
                .containsExactly("id", "at", "actor", "act", "parameters", "outcome");
        Api.Answer refused = admin.with("Last-Event-ID", "x")
                .with("Accept", "text/event-stream")
                .get(MIGRATION + "/events");
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    }

    @Test
    void auditsTheIsolation() {
        Api.Answer started = admin.post(AUDIT);
        JsonObject audited = awaitAudit();

        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        assertThat(started.header("ETag")).isPresent();
        assertThat(audited.getString("state")).isIn("passed", "not-passed");
        assertThat(audited.getJsonNumber("checksDone")).isEqualTo(audited.getJsonNumber("checksTotal"));
        JsonObject report = audited.getJsonObject("report");
        assertThat(report.getBoolean("passed"))
                .isEqualTo(audited.getString("state").equals("passed"));
        assertThat(report.getJsonArray("checks").getJsonObject(2).keySet())
                .containsExactlyInAnyOrder("check", "table", "passed", "rows", "violations", "ids", "milliseconds");
        Api.Answer read = admin.get(AUDIT);
        assertThat(admin.with("If-None-Match", read.header("ETag").orElseThrow())
                        .get(AUDIT)
                        .status())
                .isEqualTo(304);
        assertThat(
                        TestDatabase.query(
                                "SELECT string_agg(outcome, ' ' ORDER BY id) FROM (SELECT * FROM migration.audit_log WHERE act = 'isolation-audit' ORDER BY id DESC LIMIT 2) AS last"))
                .isEqualTo("started " + audited.getString("state"));
    }

    /** Another node audits, until it is killed. */
    @Test
    void hasOneAuditAtATime() throws SQLException {
        awaitAudit();
        try (Connection otherNode = TestDatabase.owner();
                Statement statement = otherNode.createStatement()) {
            statement.execute("SET application_name = 'other/1'; SELECT pg_advisory_lock(" + 0x5265616c6d733033L + ")");
            statement.execute("DELETE FROM migration.runs WHERE kind = 'isolation-audit'");
            statement.execute("INSERT INTO migration.runs (kind, id, actor, begun_at, step, done, total)"
                    + " VALUES ('isolation-audit', gen_random_uuid(), 'system', now(), 'has-realm jobs', 3, 57)");

            JsonObject view = admin.get(AUDIT).json();
            Api.Answer refused = admin.post(AUDIT);

            assertThat(view.getString("state")).isEqualTo("running");
            assertThat(view.getString("node")).isEqualTo("other/1");
            assertThat(view.getInt("checksDone")).isEqualTo(3);
            assertThat(view.getInt("checksTotal")).isEqualTo(57);
            assertThat(view.getString("check")).isEqualTo("has-realm jobs");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().getString("code")).isEqualTo("wrong-state");
        }
        JsonObject gone = awaitAudit();
        assertThat(gone.getString("state")).isEqualTo("ended-early");
        assertThat(gone.getString("reason")).isEqualTo("The node that ran it went away.");

        assertThat(admin.post(AUDIT).status()).isEqualTo(202);
        assertThat(awaitAudit().getString("state")).isIn("passed", "not-passed");
    }

    @Test
    void keepsTheAuditToAdministrators() {
        Api user = Api.at(base).as(Tokens.of("somebody@example.com", "USER"));

        assertThat(user.get(AUDIT).status()).isEqualTo(403);
        assertThat(user.post(AUDIT).status()).isEqualTo(403);
    }

    @Test
    void keepsLimitsThatCanBeChanged() {
        Api.Answer before = admin.get(MIGRATION + "/limits");
        assertThat(before.json().toString()).isEqualTo("""
                {"targetMilliseconds":100,"floorRows":100,"ceilingRows":20000,"parallelism":1,"replicaLagSeconds":10,"lockWaits":5,\
                "activeSessions":50,"transactionMilliseconds":1000,"walMegabytesPerSecond":100,"archiveQueueFiles":50,\
                "tableMaintenance":0,"snapshotAgeSeconds":300}""");

        Api.Answer changed = admin.with("If-Match", before.header("ETag").orElseThrow())
                .patch(MIGRATION + "/limits", "{\"parallelism\": 2, \"lockWaits\": null}");

        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.json().getInt("parallelism")).isEqualTo(2);
        assertThat(changed.json().isNull("lockWaits")).isTrue();
        assertThat(admin.get(MIGRATION + "/limits").json()).isEqualTo(changed.json());
        assertThat(admin.with("If-Match", before.header("ETag").orElseThrow())
                        .patch(MIGRATION + "/limits", "{\"parallelism\": 3}")
                        .status())
                .isEqualTo(412);
        for (String wrong : List.of(
                "{\"parallelism\": 0}", "{\"parallelism\": null}", "{\"floorRows\": 9000, \"ceilingRows\": 8000}")) {
            Api.Answer refused = admin.patch(MIGRATION + "/limits", wrong);
            assertThat(refused.status()).as(wrong + refused).isEqualTo(400);
        }
        assertThat(TestDatabase.query(
                        "SELECT outcome || ' ' || parameters FROM migration.audit_log WHERE act = 'limits'"))
                .isEqualTo("set {\"lockWaits\": null, \"parallelism\": 2}");
        admin.patch(MIGRATION + "/limits", "{\"parallelism\": 1, \"lockWaits\": 5}");
    }

    @Test
    void listsWhatFailedAndSkipsItWhenThatIsMeant() {
        String id = "0000aaaa-0000-4000-8000-000000000001";
        TestDatabase.asOwner("INSERT INTO migration.failed_chunks (id, table_name, from_id, up_to_id, error, attempts)"
                + " VALUES ('%1$s', 'jobs', '%1$s', '%1$s', 'Made up.', 3)".formatted(id));
        try {
            JsonObject failed = admin.get(MIGRATION + "/failed-chunks")
                    .json()
                    .getJsonArray("items")
                    .getJsonObject(0);
            assertThat(failed.keySet())
                    .containsExactly(
                            "id",
                            "table",
                            "fromId",
                            "upToId",
                            "status",
                            "error",
                            "attempts",
                            "firstFailedAt",
                            "lastFailedAt");
            assertThat(failed.getString("status")).isEqualTo("failed");
            assertThat(admin.get(MIGRATION).json().getInt("failedChunks")).isEqualTo(1);

            String chunk = MIGRATION + "/failed-chunks/" + id;
            assertThat(admin.post(chunk + "/skip").status()).isEqualTo(400);
            assertThat(admin.post(chunk + "/skip", "{\"confirm\": \"yes\"}").status())
                    .isEqualTo(400);
            Api.Answer skipped = admin.post(chunk + "/skip", "{\"confirm\": \"skip\"}");
            assertThat(skipped.status()).as(skipped.toString()).isEqualTo(200);
            assertThat(skipped.json().getString("status")).isEqualTo("skipped");
            assertThat(admin.post(MIGRATION + "/failed-chunks/0000aaaa-0000-4000-8000-000000000002/retry")
                            .status())
                    .isEqualTo(404);
            Api user = Api.at(base).as(Tokens.of("somebody@example.com", "USER"));
            assertThat(user.post(chunk + "/retry").status()).isEqualTo(403);
            assertThat(user.get(MIGRATION + "/failed-chunks").status()).isEqualTo(403);
        } finally {
            TestDatabase.asOwner("DELETE FROM migration.failed_chunks");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/executions", "/events"})
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
        return await(MIGRATION, "running", "verifying");
    }

    private JsonObject awaitAudit() {
        return await(AUDIT, "running");
    }

    private JsonObject await(String path, String... underWay) {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (true) {
            JsonObject view = admin.get(path).json();
            if (!List.of(underWay).contains(view.getString("state"))) {
                return view;
            }
            assertThat(Instant.now()).as(view.toString()).isBefore(end);
            LockSupport.parkNanos(50_000_000);
        }
    }
}
