package dev.realms.migration.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.rollback.PlainRollback;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.security.secret.TestKeys;
import dev.realms.testing.Api;
import dev.realms.testing.Endpoints;
import dev.realms.testing.Endpoints.Endpoint;
import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.Tokens;
import jakarta.json.JsonObject;
import jakarta.ws.rs.HttpMethod;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The way back over HTTP, on a node that finds a database which has gone back already. What becomes of the rows is in RollbackTest. */
class RollbackIT {

    private static final String MIGRATION = "/api/admin/migration";
    private static final String CONFIRMED = "{\"confirm\": \"rollback\"}";
    private static final String OWNER = "user1@example.com";

    private static final String NOBODYS = "00000000-0000-0000-0000-000000000000";

    private static Node node;

    @BeforeAll
    static void start() throws SQLException {
        TestDatabase.resetToPreRealm(20);
        DataSource owner = TestDatabase.dataSource();
        new ExpandSchema(owner, System.getenv("REALMS_DB_APP_USER")).run();
        assertThat(new PlainMigration(owner).run().passed()).isTrue();
        TestDatabase.asOwner(
                "INSERT INTO realms (name, user_id) SELECT 'Work', id FROM users WHERE email = '" + OWNER + "'");
        new PlainRollback(owner, TestKeys.box()).run();
        node = Node.start("rollback", Map.of()).awaitStart();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void leadsBackAndForth() {
        Api operator = node.api().as(Tokens.of(OWNER, "ADMIN"));

        staysRolledBack(operator);

        assertThat(operator.post(MIGRATION + "/start").status()).isEqualTo(202);
        assertThat(awaitRest(operator).getString("state")).isEqualTo("migrated");
        String work = "/api/realms/" + workId(operator);
        JsonObject server = created(operator.post(
                work + "/servers",
                "{\"name\": \"s\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1, \"password\": \"swordfish\"}"));
        JsonObject database = created(operator.post(
                work + "/databases",
                "{\"name\": \"database 1\", \"description\": \"\", \"serverId\": \"" + server.getString("id") + "\"}"));
        countsWhatBothWrite(operator, work, database.getString("id"));
        Api key = node.api()
                .as(created(operator.post(work + "/api-keys", "{\"name\": \"k\"}"))
                        .getString("key"));
        assertThat(key.get(work + "/servers").status()).isEqualTo(200);
        String old = revokeAKeyFromBeforeRealms(operator);
        assertThat(theOldApplicationKnows(old)).isFalse();

        goesBack(operator);

        assertThat(theOldApplicationKnows(old)).isFalse();

        assertThat(TestDatabase.query(
                        "SELECT password FROM database_servers WHERE id = '" + server.getString("id") + "'"))
                .isEqualTo("swordfish");
        assertThat(TestDatabase.query("SELECT name FROM databases WHERE id = '" + database.getString("id") + "'"))
                .isEqualTo("database 1 (Work)");
        assertThat(key.get(work + "/servers").status()).isEqualTo(503);
        assertThat(key.get(MIGRATION).status()).isEqualTo(503);

        assertThat(operator.post(MIGRATION + "/start").status()).isEqualTo(202);
        assertThat(awaitRest(operator).getString("state")).isEqualTo("migrated");
        assertThat("/api/realms/" + workId(operator)).isEqualTo(work);
        JsonObject back =
                key.get(work + "/databases/" + database.getString("id")).json();
        assertThat(back.getString("name")).isEqualTo("database 1");
        assertThat(back.getInt("documentCount")).isEqualTo(2);
        assertThat(node.api().get("/health/ready").status()).isEqualTo(200);
    }

    /** The old application counts for itself, what the service writes is counted for it, and the service shows what there is. */
    private static void countsWhatBothWrite(Api operator, String work, String database) {
        created(operator.post(
                work + "/documents", "{\"name\": \"ours\", \"type\": \"t\", \"databaseId\": \"" + database + "\"}"));
        TestDatabase.asOwner("INSERT INTO public.documents (id, name, type, [updated_at], [user_id], [database_id])"
                + " SELECT gen_random_uuid(), 'old', 't', now(), [user_id], id FROM public.databases WHERE id = '"
                + database
                + "'");

        Api.Answer read = operator.get(work + "/databases/" + database);
        assertThat(read.json().getInt("documentCount")).isEqualTo(2);
        assertThat(operator.get(work + "/databases").json().getJsonArray("items"))
                .containsExactly(read.json());
        Api.Answer changed = operator.with("If-Match", read.header("ETag").orElseThrow())
                .patch(work + "/databases/" + database, "{\"description\": \"counted\"}");
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.json().getInt("documentCount")).isEqualTo(2);
        assertThat(TestDatabase.query("SELECT [document_count] FROM public.databases WHERE id = '" + database + "'"))
                .isEqualTo("1");
    }

    private void staysRolledBack(Api operator) {
        JsonObject view = operator.get(MIGRATION).json();
        assertThat(view.getString("state")).isEqualTo("rolled-back");
        refusesEverybody();
        assertThat(node.api().get("/health/ready").status()).isEqualTo(503);
        // Whom nobody knows yet can lead on, too.
        assertThat(node.api().as(Tokens.ofAdministrator()).get(MIGRATION).json().getString("state"))
                .isEqualTo("rolled-back");
        assertThat(operator.post("/api/admin/tokens", "{\"email\": \"nobody@example.com\"}")
                        .json()
                        .getString("code"))
                .isEqualTo("migration-in-progress");
        for (String act : List.of("preflight", "verify")) {
            assertThat(operator.post(MIGRATION + "/" + act).json().getString("code"))
                    .as(act)
                    .isEqualTo("wrong-state");
        }
        assertThat(operator.get(MIGRATION + "/rollback").status()).isEqualTo(409);
        assertThat(operator.post(MIGRATION + "/rollback", CONFIRMED).status()).isEqualTo(409);
    }

    private void refusesEverybody() {
        for (String path : List.of("/api/realms", "/api/me", "/api/admin/users")) {
            Api.Answer refused = node.api().as(Tokens.of(OWNER, "ADMIN")).get(path);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
            assertThat(refused.json().getString("code")).isEqualTo("migration-in-progress");
            assertThat(refused.header("Retry-After")).isPresent();
        }
    }

    private void goesBack(Api operator) {
        JsonObject preview = operator.get(MIGRATION + "/rollback").json();
        // One for each of the 20 users and for the administrator, and Work.
        assertThat(preview.getInt("realms")).isEqualTo(22);
        assertThat(preview.getJsonObject("databasesToRename").getInt("count")).isEqualTo(1);
        assertThat(preview.getJsonObject("keysToRevoke").getInt("count")).isEqualTo(2);
        assertThat(preview.getInt("credentials")).isEqualTo(1);
        assertThat(preview.getString("secretKey")).isEqualTo("present");
        assertThat(operator.post(MIGRATION + "/rollback", "{\"confirm\": \"yes\"}")
                        .status())
                .isEqualTo(400);
        assertThat(operator.with("If-Match", "\"0\"")
                        .post(MIGRATION + "/rollback", CONFIRMED)
                        .status())
                .isEqualTo(412);

        Api once = operator.with("Idempotency-Key", "the-rollback");
        Api.Answer asked = once.post(MIGRATION + "/rollback", CONFIRMED);

        assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
        JsonObject end = awaitRest(operator);
        assertThat(end.getString("state")).as(end.toString()).isEqualTo("rolled-back");
        assertThat(once.post(MIGRATION + "/rollback", CONFIRMED).body()).isEqualTo(asked.body());
        refusesEverybody();
        assertThat(TestDatabase.query("SELECT to_regnamespace('realms')")).isNull();
        assertThat(TestDatabase.query("SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class"
                        + " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')"))
                .isEqualTo("api_keys database_servers databases documents jobs user_settings users");
    }

    /** A change like any other: the verification of the rollback knows it. */
    private static String revokeAKeyFromBeforeRealms(Api operator) {
        String mine = " FROM api_keys WHERE user_id = (SELECT id FROM users WHERE email = '" + OWNER
                + "') AND key NOT LIKE 'sha256:%' ORDER BY id LIMIT 1";
        String key = TestDatabase.query("SELECT key" + mine);
        assertThat(theOldApplicationKnows(key)).isTrue();
        String path = TestDatabase.query("SELECT '/api/realms/' || realm_id || '/api-keys/' || id || '/revoke'" + mine);
        assertThat(operator.post(path).status()).isEqualTo(200);
        return key;
    }

    private static boolean theOldApplicationKnows(String key) {
        return !TestDatabase.query("SELECT count(*) FROM api_keys WHERE key = '" + key + "'")
                .equals("0");
    }

    private static String workId(Api operator) {
        Api.Answer realms = operator.get("/api/realms");
        assertThat(realms.status()).as(realms.toString()).isEqualTo(200);
        return realms.json().getJsonArray("items").stream()
                .map(item -> item.asJsonObject())
                .filter(realm -> realm.getString("name").equals("Work"))
                .findFirst()
                .orElseThrow()
                .getString("id");
    }

    private static JsonObject created(Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json();
    }

    private static JsonObject awaitRest(Api operator) {
        Set<String> atWork = Set.of("running", "verifying", "rolling-back");
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        JsonObject view = view(operator);
        while (atWork.contains(view.getString("state")) && Instant.now().isBefore(end)) {
            answersEverything(operator);
            view = view(operator);
        }
        return view;
    }

    /** Whatever is on its way to another place meanwhile. */
    private static void answersEverything(Api operator) {
        for (Endpoint endpoint : Endpoints.all()) {
            if (endpoint.method().equals(HttpMethod.GET)) {
                Api.Answer answer = operator.get(endpoint.path(NOBODYS, NOBODYS));
                assertThat(answer.status()).as("%s: %s", endpoint, answer).isNotEqualTo(500);
            }
        }
    }

    private static JsonObject view(Api operator) {
        Api.Answer answer = operator.get(MIGRATION);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }
}
