package dev.realms.testing.oldapplication;

import dev.realms.testing.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

    private static final Path SOURCE = Path.of("src/test/prisma");
    private static final Path FOLDER = Path.of("target/prisma");
    private static final String PACKAGE = "package.json";
    private static final String IS_NEW_ENOUGH = "const [major, minor] = process.versions.node.split('.').map(Number);"
            + " process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)";

    private PrismaClient() {}

    /** Empty where it can't be had. */
    public static Optional<PrismaClient> install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        // Two JVMs run tests.
        try (FileChannel channel =
                        FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            boolean there = lock.isValid()
                    && run(Map.of(), "node", "-e", IS_NEW_ENOUGH).exit() == 0
                    && (isInstalled() || fetch());
            if (!there) {
                return Optional.empty();
            }
            copyAll();
            // There is no native engine to be had from npm, and nothing that asks for one: it only must not be looked
            // for.
            Answer generated = run(
                    Map.of("PRISMA_SCHEMA_ENGINE_BINARY", PACKAGE, "CHECKPOINT_DISABLE", "1"),
                    "npm",
                    "run",
                    "generate");
            if (generated.exit() != 0) {
                throw new IllegalStateException("The client could not be generated: " + generated.output());
            }
            return Optional.of(new PrismaClient());
        }
    }

    private static boolean isInstalled() throws IOException {
        Path installed = FOLDER.resolve("node_modules").resolve(PACKAGE);
        return Files.exists(installed) && Files.mismatch(SOURCE.resolve(PACKAGE), installed) == -1;
    }

    private static boolean fetch() throws IOException, InterruptedException {
        Files.copy(SOURCE.resolve(PACKAGE), FOLDER.resolve(PACKAGE), StandardCopyOption.REPLACE_EXISTING);
        Answer install = run(
                Map.of(),
                "npm",
                "install",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-package-lock",
                "--silent");
        if (install.exit() == 0) {
            Files.copy(
                    SOURCE.resolve(PACKAGE),
                    FOLDER.resolve("node_modules").resolve(PACKAGE),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return install.exit() == 0;
    }

    private static void copyAll() throws IOException {
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.toList()) {
                Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /**
     * Performs every operation once.
     *
     * @return the names of those that failed, with their reasons
     */
    public List<String> failures(DataSource database) throws IOException, InterruptedException {
        Answer answer = run(environment(database), "node", "old-application.mjs");
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
        Answer answer = run(environment(database), "node", "old-application.mjs", "recorded");
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
        Answer answer = run(environment(database), "node", "db-push.mjs");
        return lines(answer).findFirst().orElseThrow(() -> new IllegalStateException(answer.output()));
    }

    /** After the finalization, on views that show realms: what it sees of a realm, and outside of any. */
    public JsonObject inRealm(DataSource database, String userId, String realmId)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(environment(database));
        environment.put("USER_ID", userId);
        environment.put("REALM_ID", realmId);
        Answer answer = run(environment, "node", "with-realms.mjs");
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

    private static Stream<JsonObject> lines(Answer answer) {
        return answer.output()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> Json.of(line).asJsonObject());
    }

    private record Answer(int exit, String output) {}

    /** Both streams of what it writes, so that a failure has its reason. */
    private static Answer run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(FOLDER, "output", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            return new Answer(process.exitValue(), Files.readString(output));
        } catch (IOException notThere) {
            return new Answer(-1, notThere.getMessage());
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
