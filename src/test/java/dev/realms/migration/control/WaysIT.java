package dev.realms.migration.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.schema.ExpandSchema;
import dev.realms.testing.Api;
import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.Tokens;
import jakarta.json.JsonObject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An operator is let in, and finds a way on, in whatever state the database is when the service starts. */
class WaysIT {

    private static final String MIGRATION = "/api/admin/migration";
    private static final String CONFIRMED = "{\"confirm\": \"rollback\"}";
    private static final String OPERATOR = "operator@example.com";

    /** Nobody but whoever leads the migration is served. */
    private static final Set<String> WAY_BACK = Set.of("rolling-back", "rolled-back", "rollback-failed");

    private static Node node;

    /** The way of {@code mvn -Pmigrate}: an application that serves nobody, and ends when the books say so. */
    @BeforeAll
    static void rollBackByCommand() throws SQLException {
        TestDatabase.resetToPreRealm(20);
        TestDatabase.asOwner("INSERT INTO users (name, email, role) VALUES ('o', '" + OPERATOR + "', 'ADMIN')");
        new ExpandSchema(TestDatabase.dataSource(), System.getenv("REALMS_DB_APP_USER")).run();
        assertThat(new PlainMigration(TestDatabase.dataSource()).run().passed()).isTrue();
        TestDatabase.asOwner("UPDATE migration.state SET state = 'running';"
                + " UPDATE migration.state SET state = 'verifying'; UPDATE migration.state SET state = 'migrated'");
        try (Node command =
                Node.start("ways-command", Map.of("REALMS_SERVING", "false", "REALMS_MIGRATE_ACTION", "rollback"))) {
            awaitState("rolled-back");
            assertThat(command.isAlive()).isTrue();
        }
        node = Node.start("ways", Map.of()).awaitStart();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void leadsOnFromWhereverItStands() {
        leadsOnFromARollbackByCommand();
        letsAnOperatorInInEveryState();
        tellsOfALossBeforeAnythingIsClosed();
        callsARollbackOff();
    }

    private static void leadsOnFromARollbackByCommand() {
        isLetIn("rolled-back");
        assertThat(operator().get(MIGRATION + "/rollback").status()).isEqualTo(409);

        assertThat(operator().post(MIGRATION + "/start").status()).isEqualTo(202);
        awaitState("migrated");
    }

    /** The pre-realm application truncates a table: that is noted. Somebody deletes a row unnoted: an operator has to know. */
    private static void tellsOfALossBeforeAnythingIsClosed() {
        TestDatabase.asOwner("TRUNCATE user_settings");
        TestDatabase.asOwner(
                "BEGIN; SET LOCAL realms.migration = 'on'; DELETE FROM jobs WHERE id = (SELECT id FROM jobs LIMIT 1); COMMIT");

        JsonObject preview = operator().get(MIGRATION + "/rollback").json();
        assertThat(preview.getBoolean("ready")).as(preview.toString()).isFalse();
        String name = preview.getJsonArray("differences").getJsonObject(0).getString("difference");
        assertThat(name).startsWith("jobs-");
        assertThat(preview.getJsonArray("differences")).hasSize(1);
        Api.Answer refused = operator().post(MIGRATION + "/rollback", CONFIRMED);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().getString("code")).isEqualTo("preflight-findings");
        assertThat(refused.json().getString("detail")).contains(name);
        assertThat(operator().get(MIGRATION).json().getString("state")).isEqualTo("migrated");
        assertThat(operator().get("/api/realms").status()).as("served").isEqualTo(200);
        Api.Answer unknown = operator()
                .post(MIGRATION + "/rollback", "{\"confirm\": \"rollback\", \"accept\": [\"jobs-00000000\"]}");
        assertThat(unknown.status()).as(unknown.toString()).isEqualTo(400);

        String accepting = "{\"accept\": [\"" + name + "\"]}";
        assertThat(operator().post(MIGRATION + "/verify").json().getBoolean("passed"))
                .isFalse();
        assertThat(operator().post(MIGRATION + "/verify", accepting).json().getBoolean("passed"))
                .isTrue();
        assertThat(operator().get(MIGRATION + "/rollback").json().getBoolean("ready"))
                .isTrue();
    }

    /** Something gets in the way that nobody could know of: the way back is called off, and everybody is served again. */
    private static void callsARollbackOff() {
        TestDatabase.asOwner("CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " PERFORM set_config('realms.migration', 'on', true); DELETE FROM jobs WHERE id = (SELECT id FROM jobs LIMIT 1);"
                + " PERFORM set_config('realms.migration', '', true); RETURN NULL; END $$;"
                + " CREATE TRIGGER lose AFTER INSERT ON migration.going_back FOR EACH ROW EXECUTE FUNCTION lose()");

        assertThat(operator().post(MIGRATION + "/cancel-rollback").status()).isEqualTo(409);
        assertThat(operator().post(MIGRATION + "/rollback", CONFIRMED).status()).isEqualTo(202);
        awaitState("rollback-failed");
        isLetIn("rollback-failed");
        assertThat(operator().get(MIGRATION + "/rollback").json().getBoolean("ready"))
                .isFalse();
        assertThat(operator().post(MIGRATION + "/rollback", CONFIRMED).status()).isEqualTo(409);
        TestDatabase.asOwner("DROP TRIGGER lose ON migration.going_back; DROP FUNCTION lose()");

        Api.Answer cancelled = operator().post(MIGRATION + "/cancel-rollback");

        assertThat(cancelled.status()).as(cancelled.toString()).isEqualTo(202);
        assertThat(cancelled.json().getString("state")).isEqualTo("migrated");
        assertThat(operator().get("/api/realms").status()).isEqualTo(200);
        assertThat(operator().get("/api/realms/current").status()).isEqualTo(200);
        JsonObject lost = operator().get(MIGRATION + "/rollback").json();
        String name = lost.getJsonArray("differences").getJsonObject(0).getString("difference");
        assertThat(operator()
                        .post(MIGRATION + "/rollback", "{\"confirm\": \"rollback\", \"accept\": [\"" + name + "\"]}")
                        .status())
                .isEqualTo(202);
        awaitState("rolled-back");
        isLetIn("rolled-back");
    }

    /** Whatever the state is: it is only what the books say here, so nothing is at work. */
    private static void letsAnOperatorInInEveryState() {
        for (String state :
                List.of("expanded", "stopped", "failed", "paused", "rolling-back", "rollback-failed", "rolled-back")) {
            set(state);
            isLetIn(state);
        }
        set("migrated");
    }

    private static void set(String state) {
        TestDatabase.asOwner("BEGIN; ALTER TABLE migration.state DISABLE TRIGGER USER;"
                + " UPDATE migration.state SET state = '" + state
                + "', changed_at = clock_timestamp(), version = version + 1;"
                + " ALTER TABLE migration.state ENABLE TRIGGER USER; COMMIT");
        // Every node has read it.
        LockSupport.parkNanos(Duration.ofMillis(1200).toNanos());
    }

    /** The administrator of the local issuer, and one who was there before realms. */
    private static void isLetIn(String state) {
        for (String token : List.of(Tokens.ofAdministrator(), Tokens.of(OPERATOR, "ADMIN"))) {
            Api admitted = node.api().as(token);
            for (String path : List.of("", "/events", "/executions", "/limits", "/failed-chunks", "/finalize")) {
                Api.Answer answer = admitted.get(MIGRATION + path);
                assertThat(answer.status()).as(state + path + ": " + answer).isEqualTo(200);
            }
            assertThat(admitted.get(MIGRATION).json().getString("state")).isEqualTo(state);
            assertThat(admitted.get("/api/admin/executions").status()).isEqualTo(200);
            assertThat(admitted.get(MIGRATION + "/rollback").status()).isIn(200, 409);
            int others = WAY_BACK.contains(state) ? 503 : 200;
            assertThat(admitted.get("/api/me").status()).as(state).isEqualTo(others);
            assertThat(admitted.post("/api/admin/tokens", "{\"email\": \"" + OPERATOR + "\"}")
                            .status())
                    .as(state)
                    .isEqualTo(others);
        }
    }

    private static Api operator() {
        return node.api().as(Tokens.ofAdministrator());
    }

    private static void awaitState(String state) {
        Set<String> atWork = Set.of("migrated", "expanded", "running", "verifying", "rolling-back", "rolled-back");
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        String now = "";
        do {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            now = TestDatabase.query("SELECT state FROM migration.state");
        } while (!now.equals(state) && atWork.contains(now) && Instant.now().isBefore(end));
        assertThat(now)
                .as(TestDatabase.query("SELECT reason FROM migration.state"))
                .isEqualTo(state);
    }
}
