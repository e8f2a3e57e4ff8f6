package dev.realms.realm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api.Answer;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows go from realm to realm of one user, as their owner asks for it over HTTP. */
@OnDatabase(DatabaseState.FINALIZED)
class MoveIT {

    private final URI base = TestServer.base();

    private TestUser user;
    private String work;
    private String server;
    private String database;
    private String document;

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
        work = user.makeRealm("Work");
        server = user.make(
                "servers",
                "{\"name\": \"s\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1, \"password\": \"not a real one\"}");
        database = user.make("databases", "{\"name\": \"d\", \"serverId\": \"%s\"}".formatted(server));
        document = user.make(
                "documents", "{\"name\": \"o\", \"type\": \"t\", \"databaseId\": \"%s\"}".formatted(database));
        user.make("jobs", "{\"documentId\": \"%s\"}".formatted(document));
    }

    @Test
    void aServerGoesWithAllThatHangsOnItAndItsCredentialsCanBeRead() {
        Optional<String> tag =
                user.api().get(user.path("/documents/" + document)).header("ETag");
        JsonObject look = move("\"servers\": [\"%s\"], \"dryRun\": true".formatted(server))
                .json();
        JsonObject moved = move("\"servers\": [\"%s\"]".formatted(server)).json();

        for (JsonObject answer : new JsonObject[] {look, moved}) {
            assertThat(answer.toString())
                    .contains(
                            "\"moved\":{\"servers\":1,\"databases\":1,\"documents\":1,\"jobs\":1},\"torn\":[],\"taken\":[]");
        }
        assertThat(stats(user.realmId())).isEqualTo("0 0 0 0");
        assertThat(stats(work)).isEqualTo("1 1 1 1");
        Answer there = user.api().get("/api/realms/" + work + "/documents/" + document);
        assertThat(there.json().getString("databaseId")).isEqualTo(database);
        assertThat(there.header("ETag")).isNotEqualTo(tag);
        // Whoever moves them once more has to open them.
        assertThat(user.api()
                        .post(
                                "/api/realms/" + work + "/move",
                                "{\"targetRealmId\": \"%s\", \"everything\": true}".formatted(user.realmId()))
                        .status())
                .isEqualTo(200);
        assertThat(user.api().get(user.path("/servers/" + server)).json().getBoolean("hasPassword"))
                .isTrue();
        assertThat(user.api().delete("/api/realms/" + work).status()).isEqualTo(204);
    }

    @Test
    void whatWouldBeTornIsRefusedOrDetached() {
        Answer refused = move("\"documents\": [\"%s\"]".formatted(document));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().getString("code")).isEqualTo("torn-reference");
        assertThat(move("\"databases\": [\"%s\"], \"detach\": true".formatted(database))
                        .json()
                        .getString("code"))
                .isEqualTo("torn-reference");
        assertThat(move("\"documents\": [\"%s\"], \"detach\": true".formatted(document))
                        .status())
                .isEqualTo(200);
        assertThat(user.api()
                        .get("/api/realms/" + work + "/documents/" + document)
                        .json()
                        .isNull("databaseId"))
                .isTrue();
        assertThat(user.api().get(user.path("/databases/" + database)).json().getInt("documentCount"))
                .isZero();
    }

    @Test
    void aTakenNameIsRefusedOrGetsANumber() {
        String other =
                created(work, "servers", "{\"name\": \"s\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1}");
        created(work, "databases", "{\"name\": \"d\", \"serverId\": \"%s\"}".formatted(other));

        Answer refused = move("\"servers\": [\"%s\"]".formatted(server));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().getString("code")).isEqualTo("name-taken");
        assertThat(refused.json().getString("detail")).contains("\"d\"");

        assertThat(move("\"databases\": [\"%s\"], \"serverId\": \"%s\", \"rename\": true".formatted(database, other))
                        .status())
                .isEqualTo(200);
        JsonObject there =
                user.api().get("/api/realms/" + work + "/databases/" + database).json();
        assertThat(there.getString("name")).isEqualTo("d 2");
        assertThat(there.getString("serverId")).isEqualTo(other);
        assertThat(there.getInt("documentCount")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"everything\": false | everything",
                "\"everything\": true, \"documents\": [\"a\"] | everything",
                "\"documents\": [\"a\", \"b c\"] | documents[1]",
                "\"documents\": [\"a\"] | documents[0]",
                "\"databases\": [\"00000000-0000-4000-8000-000000000000\"] | databases[0]",
                "\"servers\": [\"00000000-0000-4000-8000-000000000000\"] | servers[0]",
                "\"keys\": [] | keys"
            })
    void aWrongRequestIsNamed(String members, String field) {
        Answer refused = move(members);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo(field);
    }

    @Test
    void aServerOfAnotherRealmTakesNothing() {
        Answer refused = move("\"databases\": [\"%s\"], \"serverId\": \"%s\"".formatted(database, server));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(stats(work)).isEqualTo("0 0 0 0");
    }

    @Test
    void onlyRealmsOfOnesOwnAreThere() {
        TestUser other = TestUser.signIn(base);
        String body = "{\"targetRealmId\": \"%s\", \"everything\": true}";

        for (Answer refused : new Answer[] {
            user.api().post(user.path("/move"), body.formatted(other.realmId())),
            other.api().post(user.path("/move"), body.formatted(other.realmId())),
            user.api().post(user.path("/move"), body.formatted("00000000-0000-4000-8000-000000000000"))
        }) {
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.json().getString("code")).isEqualTo("realm-not-found");
        }
        assertThat(user.api()
                        .post(user.path("/move"), body.formatted(user.realmId()))
                        .status())
                .isEqualTo(400);
    }

    /** It acts in its realm and nowhere else. */
    @Test
    void aKeyMovesNothing() {
        String key = user.api()
                .post(user.path("/api-keys"), "{\"name\": \"k\"}")
                .json()
                .getString("key");

        Answer refused = user.api()
                .as(key)
                .post(user.path("/move"), "{\"targetRealmId\": \"%s\", \"everything\": true}".formatted(work));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(stats(work)).isEqualTo("0 0 0 0");
    }

    private Answer move(String members) {
        return user.api().post(user.path("/move"), "{\"targetRealmId\": \"%s\", %s}".formatted(work, members));
    }

    private String created(String realm, String collection, String json) {
        return user.api()
                .post("/api/realms/" + realm + "/" + collection, json)
                .json()
                .getString("id");
    }

    /** Servers, databases, documents, jobs. */
    private String stats(String realm) {
        JsonObject stats = user.api().get("/api/realms/" + realm + "/stats").json();
        return "%d %d %d %d"
                .formatted(
                        stats.getInt("servers"),
                        stats.getInt("databases"),
                        stats.getInt("documents"),
                        stats.getInt("jobs"));
    }
}
