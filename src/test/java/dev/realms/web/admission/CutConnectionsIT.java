package dev.realms.web.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.Endpoints;
import dev.realms.testing.Endpoints.Endpoint;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import dev.realms.testing.Tokens;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every connection of the pools is cut, as by a restart of PostgreSQL or a firewall. Whoever asks next does not notice. */
@OnDatabase(DatabaseState.FINALIZED)
class CutConnectionsIT {

    /** A constraint that is asked as late as can be. */
    private static final String CUT_AT_THE_COMMIT = """
            CREATE FUNCTION realms.cut() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.name = 'refused' THEN
                    RAISE unique_violation USING CONSTRAINT = 'of_somebody';
                END IF;
                PERFORM pg_terminate_backend(pg_backend_pid());
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON realms.documents DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW WHEN (NEW.name IN ('cut', 'refused')) EXECUTE FUNCTION realms.cut();
            """;

    private TestUser user;
    private String document;

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(TestServer.base());
        document = user.make("documents", "{\"name\": \"a\", \"type\": \"t\"}");
    }

    /** By a program wherever its key may do that; what keys may not, by the user. */
    @Test
    void noReadOfARealmOrAUserFails() {
        Api program = Api.at(TestServer.base())
                .as(user.api()
                        .post(user.path("/api-keys"), "{\"name\": \"k\"}")
                        .json()
                        .getString("key"));

        assertThat(reads()).hasSizeGreaterThan(10).allSatisfy(read -> {
            boolean allowed = program.get(path(read)).status() == 200;
            answersAfterACut(allowed ? program : user.api(), path(read));
        });
    }

    @Test
    void noReadOfUsersFails() {
        Api admin = Api.at(TestServer.base()).as(Tokens.of("admin-of-cuts@example.com", "ADMIN"));

        answersAfterACut(admin, "/api/admin/users");
        answersAfterACut(admin, "/api/admin/users/" + user.id());
    }

    /** Whether it was written nobody knows, so nobody writes it again. */
    @Test
    void aWriteWhoseCommitIsCutIsUnavailable() {
        TestDatabase.asOwner(CUT_AT_THE_COMMIT);
        try {
            Api.Answer answer = write("cut");

            assertThat(answer.status()).as("%s", answer).isEqualTo(503);
            assertThat(answer.json().getString("code")).isEqualTo("unavailable");
            assertThat(answer.header("Retry-After")).contains("5");
            // By a constraint of the installation's own: asking again does not help.
            assertThat(write("refused").status()).isEqualTo(500);
        } finally {
            TestDatabase.asOwner("DROP FUNCTION realms.cut() CASCADE");
        }
        assertThat(user.api().get(user.path("/documents")).body()).doesNotContain("cut");
    }

    private Api.Answer write(String name) {
        return user.api().post(user.path("/documents"), "{\"name\": \"%s\", \"type\": \"t\"}".formatted(name));
    }

    private static void answersAfterACut(Api api, String path) {
        // Who this is is known for a moment, so that the first to use the database is what is asked for.
        assertThat(api.get(path).status()).isEqualTo(200);
        TestDatabase.disconnectEverybody();

        Api.Answer answer = api.get(path);

        assertThat(answer.status()).as("%s: %s", path, answer).isEqualTo(200);
    }

    private String path(Endpoint read) {
        return read.path(user.realmId(), document);
    }

    private static List<Endpoint> reads() {
        return Endpoints.all().stream()
                .filter(endpoint -> endpoint.method().equals("GET"))
                .filter(endpoint -> !endpoint.template().startsWith("/api/admin"))
                .filter(endpoint -> !endpoint.isRow() || endpoint.collection().equals("documents"))
                .toList();
    }
}
