package dev.realms.testing.oldapplication;

import dev.realms.testing.Json;
import dev.realms.testing.NpmFolder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The application by a real Prisma client: {@code src/test/prisma}, on Node. npm installs what it needs into the target folder, once for
 * each version of its package.json.
 */
public final class PrismaClient {

    /** Why there is none. */
    public static final String ABSENT =
            "Node 20.19 or newer with npm, or what npm has to install, is not here: the real Prisma client is not tried.";

    private static final NpmFolder FOLDER = NpmFolder.of("prisma");

    private PrismaClient() {}

    /** Empty where it can't be had. */
    public static Optional<PrismaClient> install() throws IOException, InterruptedException {
        // There is no native engine to be had from npm, and nothing that asks for one: it only must not be looked for.
        Map<String, String> environment =
                Map.of("PRISMA_SCHEMA_ENGINE_BINARY", "package.json", "CHECKPOINT_DISABLE", "1");
        return FOLDER.install(environment, "npm", "run", "generate")
                ? Optional.of(new PrismaClient())
                : Optional.empty();
    }

    /**
     * Performs every operation once.
     *
     * @return the names of those that failed, with their reasons
     */
    public List<String> failures(DataSource database) throws IOException, InterruptedException {
        NpmFolder.Answer answer = FOLDER.run(environment(database), "node", "old-application.mjs");
        List<String> failures = lines(answer)
                .filter(line -> line.containsKey("error"))
                .map(line -> line.getString("operation") + ": " + line.getString("error"))
                .toList();
        if (answer.exit() != 0 && failures.isEmpty()) {
            throw new IllegalStateException(answer.output());
        }
        return failures;
    }

    /** What it sends and gets meanwhile, as recorded SQL. */
    List<OldApplicationOperation> record(DataSource database) throws IOException, InterruptedException {
        NpmFolder.Answer answer = FOLDER.run(environment(database), "node", "old-application.mjs", "recorded");
        if (answer.exit() != 0) {
            throw new IllegalStateException(answer.output());
        }
        return OldApplicationScript.parse(answer.output());
    }

    /**
     * {@code prisma db push} of the application's models, which some installations run at each start.
     *
     * @return the number of {@code steps} that it took, and what it {@code refused}; or an {@code error}
     */
    public JsonObject push(DataSource database) throws IOException, InterruptedException {
        NpmFolder.Answer answer = FOLDER.run(environment(database), "node", "db-push.mjs");
        return lines(answer).findFirst().orElseThrow(() -> new IllegalStateException(answer.output()));
    }

    /** After the finalization, on views that show realms: what it sees of a realm, and outside of any. */
    public JsonObject inRealm(DataSource database, String userId, String realmId)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(environment(database));
        environment.put("USER_ID", userId);
        environment.put("REALM_ID", realmId);
        NpmFolder.Answer answer = FOLDER.run(environment, "node", "with-realms.mjs");
        return lines(answer).findFirst().orElseThrow(() -> new IllegalStateException(answer.output()));
    }

    private static Map<String, String> environment(DataSource database) {
        PGSimpleDataSource source = (PGSimpleDataSource) database;
        return Map.of(
                "DATABASE_URL",
                "postgresql://%s:%s@%s:%d/%s"
                        .formatted(
                                source.getUser(),
                                source.getPassword(),
                                source.getServerNames()[0],
                                source.getPortNumbers()[0],
                                source.getDatabaseName()));
    }

    private static Stream<JsonObject> lines(NpmFolder.Answer answer) {
        return answer.output()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> Json.of(line).asJsonObject());
    }
}
