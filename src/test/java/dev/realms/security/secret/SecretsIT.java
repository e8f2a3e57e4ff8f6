package dev.realms.security.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.EveryLogLine;
import dev.realms.testing.InServer;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.Tokens;
import dev.realms.testing.Wars;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.io.StringWriter;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.naming.InitialContext;
import javax.sql.DataSource;
import org.eclipse.persistence.logging.SessionLog;
import org.eclipse.persistence.sessions.Session;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sends secrets in every way there is and reads everything that is logged meanwhile, at every level, and every refusal. */
@InServer
@OnDatabase(DatabaseState.FINALIZED)
@ExtendWith(ArquillianExtension.class)
class SecretsIT {

    private static final String MARK = "fake-secret-";

    private static final Set<String> NOT_OURS = Set.of(
            // Payara's dump of every request with its headers, at FINE; nothing of ours has it to say.
            "org.glassfish.grizzly.websockets.BaseWebSocketFilter",
            // This test's own client.
            "jdk.internal.httpclient.debug",
            "jdk.internal.httpclient.hpack.debug",
            "jdk.httpclient.HttpClient");

    @ArquillianResource
    private URI base;

    @PersistenceUnit(unitName = "realms")
    private EntityManagerFactory unit;

    private final List<String> secrets = new ArrayList<>(List.of(MARK));
    private final List<Api.Answer> refusals = new ArrayList<>();

    @Deployment
    static WebArchive war() {
        return Wars.shared();
    }

    @Test
    void noneIsLoggedOrSentBack() throws Exception {
        Session session = unit.unwrap(Session.class);
        int level = session.getLogLevel();
        StringWriter ofEclipseLink = new StringWriter();
        List<EveryLogLine.Line> lines;
        try (EveryLogLine log = new EveryLogLine()) {
            session.setLog(ofEclipseLink);
            session.setLogLevel(SessionLog.ALL);
            sendSecrets();
            lines = log.lines();
        } finally {
            session.setLogLevel(level);
        }

        String statements = ofEclipseLink + text(lines, logger -> logger.startsWith("org.eclipse.persistence"));
        assertThat(statements).as("what EclipseLink runs").contains("UPDATE realms.database_servers SET");
        assertThat(text(lines, logger -> logger.startsWith("org.postgresql")))
                .as("what the driver sends")
                .contains("FE=> Bind");
        String all = ofEclipseLink + text(lines, logger -> !NOT_OURS.contains(logger));
        for (String secret : secrets) {
            assertThat(all.lines()).noneMatch(line -> line.contains(secret));
            assertThat(refusals).noneMatch(refusal -> refusal.toString().contains(secret));
        }
    }

    private static String text(List<EveryLogLine.Line> lines, Predicate<String> ofLogger) {
        return lines.stream()
                .filter(line -> ofLogger.test(line.logger()))
                .map(line -> line.logger() + ": " + line.text())
                .collect(Collectors.joining("\n"));
    }

    private void sendSecrets() throws Exception {
        String token = made(Api.at(base)
                        .as(Tokens.ofAdministrator())
                        .post("/api/admin/tokens", "{\"email\": \"%s@example.com\"}".formatted(UUID.randomUUID())))
                .getString("token");
        secrets.add(token);
        Api api = Api.at(base).as(token);
        api.get("/api/me");
        String realm = "/api/realms/" + made(api.get("/api/realms/current")).getString("id");
        makeServers(api, realm);
        useKeys(api, realm);
        refuse(Api.at(base).as(MARK + "token").get("/api/me"));
        refuse(Api.at(base).as(token.substring(0, token.length() - 3)).get("/api/me"));
        failInside(api, realm);
    }

    private void makeServers(Api api, String realm) {
        String servers = realm + "/servers";
        String valid =
                "{\"name\": \"n\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1, \"password\": \"%1$s1\", \"apiKey\": \"%1$s2\"}"
                        .formatted(MARK);
        String server = servers + "/" + made(api.post(servers, valid)).getString("id");
        assertThat(api.get(server).body()).doesNotContain(MARK);
        assertThat(api.patch(server, "{\"password\": \"%s3\"}".formatted(MARK)).status())
                .isEqualTo(200);
        assertThat(api.put(server, valid).status()).isEqualTo(200);
        for (String invalid : List.of(
                valid.replace("QDRANT", MARK),
                valid.replace("\"port\": 1", "\"port\": \"" + MARK + "\""),
                valid.replace("\"apiKey\": ", "\"api_key\": "),
                valid.replace("\"" + MARK + "1\"", "[\"" + MARK + "\"]"),
                valid.replace(MARK + "1", MARK.repeat(1000)),
                valid.replace(MARK + "1", MARK + "\\u0000"),
                valid.replace(MARK + "1", MARK + "\\ud800"),
                valid.substring(0, valid.length() - 5),
                MARK)) {
            refuse(api.post(servers, invalid));
            refuse(api.put(server, invalid));
        }
        refuse(api.with("Idempotency-Key", MARK.repeat(50)).post(servers, valid));
        refuse(api.with("Content-Type", "text/plain").post(servers, valid));
    }

    private void useKeys(Api api, String realm) {
        JsonObject first = made(api.with("Idempotency-Key", "k").post(realm + "/api-keys", "{\"name\": \"n\"}"));
        String key = first.getString("key");
        JsonObject second =
                made(api.post(realm + "/api-keys/" + first.getString("id") + "/rotate", "{\"graceSeconds\": 60}"));
        String rotated = second.getString("key");
        secrets.addAll(List.of(key, rotated));
        Api program = Api.at(base);
        assertThat(program.as(key).get(realm + "/documents").status()).isEqualTo(200);
        assertThat(program.as(rotated).get(realm + "/documents").status()).isEqualTo(200);
        refuse(program.as(rotated).post(realm + "/api-keys", "{\"name\": \"%s\"}".formatted(rotated)));
        refuse(program.as(rotated.substring(0, rotated.length() - 1) + "!").get(realm + "/documents"));
    }

    /** The answer and the log of a fault of ours, with a secret on its way. */
    private void failInside(Api api, String realm) throws Exception {
        asOwner("ALTER TABLE database_servers RENAME TO gone");
        try {
            Api.Answer failed = api.post(
                    realm + "/servers",
                    "{\"name\": \"n\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1, \"password\": \"%s\"}"
                            .formatted(MARK));
            assertThat(failed.status()).isEqualTo(500);
            refuse(failed);
        } finally {
            asOwner("ALTER TABLE gone RENAME TO database_servers");
        }
    }

    private static JsonObject made(Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
        return answer.json();
    }

    private void refuse(Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isGreaterThanOrEqualTo(400);
        refusals.add(answer);
    }

    private static void asOwner(String sql) throws Exception {
        DataSource owner = InitialContext.doLookup("java:comp/env/jdbc/realms-owner");
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = realms");
            statement.execute(sql);
            statement.execute("RESET search_path");
        }
    }
}
