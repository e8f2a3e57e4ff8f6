package dev.realms.realm.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.security.secret.PassphraseBox;
import dev.realms.testing.Api;
import dev.realms.testing.Api.Answer;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.Json;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A realm is taken along, and becomes another one elsewhere. */
@OnDatabase(DatabaseState.FINALIZED)
class TransferIT {

    private static final String PASSPHRASE = "fake passphrase of a test";

    private final URI base = TestServer.base();

    private TestUser user;
    private String server;
    private String database;
    private String document;

    @BeforeEach
    void fill() {
        user = TestUser.signIn(base);
        server = user.make("servers", """
                {"name": "s", "type": "QDRANT", "host": "h", "port": 6333, "username": "u", "password": "fake-password", "apiKey": "fake-key",
                 "database": "d", "collection": "c", "isActive": true, "lastConnected": "2024-01-01T00:00:00Z"}""");
        database = user.make("databases", "{\"name\": \"papers\", \"serverId\": \"%s\"}".formatted(server));
        document = user.make("documents", """
                {"name": "dü😀.pdf", "type": "t", "state": "INGESTED", "version": 3, "chunks": 7, "quality": 0.25, "databaseId": "%s"}""".formatted(database));
        user.make("documents", "{\"name\": \"free\", \"type\": \"t\"}");
        user.make(
                "jobs",
                "{\"documentId\": \"%s\", \"status\": \"FINISHED\", \"summary\": \"done\\nü\"}".formatted(document));
        user.make("jobs", "{\"documentId\": \"%s\"}".formatted(document));
    }

    @Test
    void becomesTheSameRealmElsewhere() {
        List<JsonObject> lines = lines(user.api().with("Realms-Passphrase", PASSPHRASE), user.realmId());
        assertThat(kinds(lines))
                .containsExactly("realm", "server", "database", "document", "document", "job", "job", "end");

        TestUser other = TestUser.signIn(base);
        Answer made = send(other.api().with("Realms-Passphrase", PASSPHRASE), "?name=Lab", text(lines));

        assertThat(made.status()).as("%s", made).isEqualTo(201);
        String realm = made.json().getString("realmId");
        assertThat(made.header("Location")).contains("/api/realms/" + realm);
        assertThat(made.json().getJsonObject("imported").toString())
                .isEqualTo("{\"servers\":1,\"databases\":1,\"documents\":2,\"jobs\":2}");
        assertThat(made.json().getInt("idsTaken")).isZero();
        List<JsonObject> again = lines(other.api().with("Realms-Passphrase", PASSPHRASE + "!"), realm);
        assertThat(again.get(0).getString("name")).isEqualTo("Lab");
        assertThat(plain(again)).isEqualTo(plain(lines));
        assertThat(credential(again, PASSPHRASE + "!", "password")).isEqualTo("fake-password");
        assertThat(credential(again, PASSPHRASE + "!", "apiKey")).isEqualTo("fake-key");
        assertThat(other.api()
                        .get("/api/realms/" + realm + "/databases/" + database)
                        .json()
                        .getInt("documentCount"))
                .isEqualTo(1);
        assertThat(kindsOfEvents(other, realm)).containsExactly("rows-exported", "rows-imported", "realm-made");
    }

    @Test
    void getsOtherIdsWhereItsOwnAreNotFree() {
        String lines = text(lines(user.api(), user.realmId()));

        Answer dry = send(user.api(), "?dryRun&name=Copy", lines);
        Answer made = send(user.api(), "?name=Copy", lines);

        assertThat(dry.status()).as("%s", dry).isEqualTo(200);
        assertThat(dry.json().isNull("realmId")).isTrue();
        assertThat(dry.json().getInt("idsTaken")).isEqualTo(6);
        assertThat(dry.json().getJsonArray("taken").getJsonObject(0).toString())
                .isEqualTo("{\"kind\":\"server\",\"id\":\"%s\",\"newId\":null}".formatted(server));
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        List<JsonObject> copy = lines(user.api(), made.json().getString("realmId"));
        assertThat(copy.get(2).getString("serverId"))
                .isEqualTo(copy.get(1).getString("id"))
                .isNotEqualTo(server);
        assertThat(copy.get(2).getString("id")).isNotEqualTo(database);
        assertThat(copy.stream()
                        .filter(line -> line.getString("kind").equals("document") && !line.isNull("databaseId"))
                        .map(line -> line.getString("databaseId")))
                .containsExactly(copy.get(2).getString("id"));
        assertThat(user.api().get(user.path("/documents/" + document)).status()).isEqualTo(200);
    }

    @Test
    void aDryRunMakesNothing() {
        String lines = text(lines(user.api(), user.realmId()));
        TestUser other = TestUser.signIn(base);

        Answer dry = send(other.api(), "?dryRun=true", lines);

        assertThat(dry.json().getBoolean("nameTaken")).as("%s", dry).isTrue();
        assertThat(dry.json().getInt("idsTaken")).isZero();
        assertThat(realms(other)).containsExactly("Default");
        assertThat(send(other.api(), "", lines).json().getString("code")).isEqualTo("realm-name-taken");
        assertThat(realms(other)).containsExactly("Default");
    }

    @Test
    void leavesCredentialsOutUnlessThereIsAPassphrase() {
        List<JsonObject> lines = lines(user.api(), user.realmId());

        assertThat(lines.get(0).isNull("salt")).isTrue();
        assertThat(lines.get(1).isNull("password")).isTrue();
        assertThat(lines.get(1).isNull("apiKey")).isTrue();
        assertThat(text(lines(user.api().with("Realms-Passphrase", PASSPHRASE), user.realmId())))
                .doesNotContain("fake-password", "fake-key");
        assertThat(user.api()
                        .with("Realms-Passphrase", "short")
                        .get(user.path("/export"))
                        .body())
                .contains("\"field\":\"Realms-Passphrase\"");
    }

    @Test
    void opensCredentialsByTheirPassphraseOnly() {
        String lines = text(lines(user.api().with("Realms-Passphrase", PASSPHRASE), user.realmId()));

        for (Api api : List.of(user.api(), user.api().with("Realms-Passphrase", "another passphrase"))) {
            for (String query : List.of("?name=Lab", "?name=Lab&dryRun")) {
                Answer refused = send(api, query, lines);
                assertThat(refused.status()).as("%s", refused).isEqualTo(400);
                assertThat(refused.body()).contains("Realms-Passphrase").doesNotContain("fake");
            }
        }
        assertThat(realms(user)).containsExactly("Default");
    }

    /** A server's credentials say something about that server, and the one of another installation must not get them. */
    @Test
    void credentialsOpenInTheirPlaceOnly() {
        String lines = text(lines(user.api().with("Realms-Passphrase", PASSPHRASE), user.realmId()))
                .replace(server, UUID.randomUUID().toString());

        Answer refused = send(user.api().with("Realms-Passphrase", PASSPHRASE), "?name=Lab", lines);

        assertThat(refused.status()).as("%s", refused).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "\"kind\":\"end\"     | \"kind\":\"ende\"      | line 8, kind",
                "\"kind\":\"realm\"   | \"kind\":\"job\"       | line 1, kind",
                "\"version\":1        | \"version\":2          | line 1, version",
                "\"type\":\"QDRANT\"  | \"type\":\"NONE\"      | line 2, type",
                "\"port\":6333        | \"port\":\"x\"         | line 2, port",
                "\"name\":\"papers\"  | \"name\":null          | line 3, name",
                "\"quality\":0.25     | \"quality\":25         | quality",
                "\"chunks\":7         | \"chunks\":7,\"x\":1   | x",
                "\"jobs\":2           | \"jobs\":3             | jobs",
                "{\"kind\":\"end\"    | {\"kind\":\"end\"}{    | line 8",
                "\"serverId\":\"      | \"serverId\":\"0       | line 3, serverId",
                "\"endDate\":\"2       | \"endDate\":\"1       | endDate",
            })
    void namesTheLineThatIsWrongAndMakesNothing(String whole, String broken, String field) {
        String lines = text(lines(user.api(), user.realmId()));
        assertThat(lines).contains(whole);

        Answer refused = send(user.api(), "?name=Lab", lines.replaceFirst(Pattern.quote(whole), broken));

        assertThat(refused.status()).as("%s", refused).isEqualTo(400);
        assertThat(refused.json().getJsonArray("errors").getJsonObject(0).getString("field"))
                .as("%s", refused)
                .contains(field);
        assertThat(realms(user)).containsExactly("Default");
    }

    @Test
    void whatTheDatabaseRefusesLeavesNothing() {
        // Too long for the index of names, which no line says.
        String name = IntStream.range(0, 2_000)
                .mapToObj(i -> Character.toString(0x4E00 + i * 7))
                .collect(Collectors.joining());
        String lines = text(lines(user.api(), user.realmId())).replace("\"papers\"", '"' + name + '"');

        Answer refused = send(user.api(), "?name=Lab", lines);

        assertThat(refused.status()).as("%s", refused).isEqualTo(400);
        assertThat(refused.json().getString("detail")).isEqualTo("A text is too long to be stored.");
        assertThat(realms(user)).containsExactly("Default");
    }

    @Test
    void takesLinesByEachOfTheirNames() {
        String lines = text(lines(user.api(), user.realmId()));

        for (String type : List.of("application/jsonl", "application/x-ndjson", "application/json")) {
            Answer dry = user.api().with("Content-Type", type).post("/api/realms/import?dryRun", lines);
            assertThat(dry.status()).as("%s: %s", type, dry).isEqualTo(200);
        }
        assertThat(user.api()
                        .with("Content-Type", "text/plain")
                        .post("/api/realms/import?dryRun", lines)
                        .status())
                .isEqualTo(415);
    }

    @Test
    void headTellsHowItWouldBeAnsweredAndExportsNothing() {
        Answer head = user.api().send("HEAD", user.path("/export"), null);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).contains("application/jsonl");
        assertThat(kindsOfEvents(user, user.realmId())).doesNotContain("rows-exported");
        assertThat(user.api()
                        .send("HEAD", "/api/realms/" + UUID.randomUUID() + "/export", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aFileThatWasCutOffIsRefused() {
        List<JsonObject> lines = lines(user.api(), user.realmId());

        Answer refused = send(user.api(), "?name=Lab", text(lines.subList(0, lines.size() - 1)));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().getString("detail")).contains("must end with one of the kind end");
        assertThat(user.api().post("/api/realms/import").json().getString("detail"))
                .isEqualTo("line 1, kind must be realm.");
        assertThat(send(user.api(), "", "\n").json().getString("detail")).contains("must begin");
    }

    /** Five of many faults would be too few, all of them too many. */
    @Test
    void namesFiftyFaultsAtMost() {
        String lines =
                IntStream.range(0, 1_000).mapToObj(i -> "{\"kind\":\"x\"}").collect(Collectors.joining("\n"));

        Answer refused = send(user.api(), "", lines);

        assertThat(refused.json().getJsonArray("errors")).hasSize(50);
    }

    @Test
    void keysAndReadersTakeNoCredentialsAlong() {
        String key = user.api()
                .post(user.path("/api-keys"), "{\"name\": \"k\", \"access\": \"READ\"}")
                .json()
                .getString("key");
        Api program = Api.at(base).as(key);

        List<JsonObject> lines = lines(program, user.realmId());

        assertThat(kinds(lines)).contains("server", "end");
        assertThat(program.with("Realms-Passphrase", PASSPHRASE)
                        .get(user.path("/export"))
                        .status())
                .isEqualTo(403);
        assertThat(send(program, "?name=Lab", text(lines)).status()).isEqualTo(403);
        JsonObject event = user.api()
                .get(user.path("/events?kind=rows-exported"))
                .json()
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(event.getJsonObject("actor").getString("prefix")).isEqualTo(key.substring(0, 12));
        assertThat(event.getJsonObject("details").toString()).isEqualTo("{\"withCredentials\":false}");
    }

    @Test
    void isDoneOnceForOneKey() {
        String lines = text(lines(user.api(), user.realmId()));
        Api api = user.api().with("Idempotency-Key", "import");

        Answer first = send(api, "?name=Lab", lines);
        Answer second = send(api, "?name=Lab", lines);

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(send(api, "?name=Lab&dryRun", lines).status()).isEqualTo(422);
        assertThat(send(api, "?name=Lab", lines + "\n").status()).isEqualTo(422);
    }

    /** Many more than a page and a statement hold, and more bytes than other bodies may have. */
    @Test
    void takesManyRowsAlong() {
        String row = text(lines(user.api(), user.realmId()).stream()
                .filter(line -> line.getString("kind").equals("document") && !line.isNull("databaseId"))
                .toList());
        String rows = IntStream.range(0, 5_000)
                .mapToObj(i -> row.replace(document, UUID.randomUUID().toString()))
                .collect(Collectors.joining());
        String lines = text(lines(user.api(), user.realmId()))
                .replace(row, row + rows)
                .replace("\"documents\":2", "\"documents\":5002");
        TestUser other = TestUser.signIn(base);

        Answer made = send(other.api(), "?name=Lab", lines);

        assertThat(made.status()).as("%s", made).isEqualTo(201);
        assertThat(lines.length()).isGreaterThan(1 << 20);
        String realm = made.json().getString("realmId");
        assertThat(plain(lines(other.api(), realm)))
                .containsExactlyInAnyOrderElementsOf(
                        plain(lines.lines().map(TransferIT::json).toList()));
        assertThat(other.api()
                        .get("/api/realms/" + realm + "/databases/" + database)
                        .json()
                        .getInt("documentCount"))
                .isEqualTo(5_001);
    }

    private static List<JsonObject> lines(Api api, String realmId) {
        Answer answer = api.get("/api/realms/" + realmId + "/export");
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/jsonl");
        return answer.body().lines().map(TransferIT::json).toList();
    }

    private static JsonObject json(String line) {
        return Json.of(line).asJsonObject();
    }

    private static Answer send(Api api, String query, String lines) {
        return api.with("Content-Type", "application/jsonl").post("/api/realms/import" + query, lines);
    }

    private static String text(List<JsonObject> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static List<String> kinds(List<JsonObject> lines) {
        return lines.stream().map(line -> line.getString("kind")).toList();
    }

    /** Without what differs from export to export. */
    private static List<String> plain(List<JsonObject> lines) {
        return lines.stream()
                .skip(1)
                .map(line -> line.toString().replaceAll("\"(password|apiKey)\":\"[^\"]*\"", "\"$1\":\"…\""))
                .toList();
    }

    private static String credential(List<JsonObject> lines, String passphrase, String member) {
        JsonObject line = lines.get(1);
        return PassphraseBox.of(passphrase, lines.get(0).getString("salt"))
                .open(line.getString(member), "server|" + line.getString("id") + "|" + member);
    }

    private static List<String> realms(TestUser user) {
        return user.api().get("/api/realms").json().getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .map(realm -> realm.getString("name"))
                .toList();
    }

    private static List<String> kindsOfEvents(TestUser user, String realmId) {
        return user
                .api()
                .get("/api/realms/" + realmId + "/events")
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(event -> event.getString("kind"))
                .toList();
    }
}
