package dev.realms.testing;

import dev.realms.launch.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts PostgreSQL before the first of the in-server tests. Unit tests run without it: only the others have
 * {@code realms.it.target}. What was started ends with the JVM, also when the build is interrupted.
 */
public final class EmbeddedDatabaseSession implements LauncherSessionListener {

    private static final String TARGET = System.getProperty("realms.it.target");

    private static EmbeddedDatabase database;
    private static int port;

    /** Each fork is told of several sessions: Surefire takes each class for a run of its own. */
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (TARGET != null && database == null) {
            start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                // While there is still a database that it can end with.
                TestServer.stop();
                stop();
            }));
            TestDatabase.makeRoles();
            Api.showAnswersTo(new DescribedAnswers()::require);
        }
    }

    /** On the port that it had before, if it had one. */
    static void start() {
        Path target = Path.of(TARGET);
        try {
            Files.createDirectories(target.resolve("tmp"));
            boolean durable = Boolean.getBoolean("realms.it.durable");
            database = TestPostgres.start(data(), target.resolve("postgresql"), port, durable);
            port = database.port();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One for each PostgreSQL: none starts on the data of another version. */
    private static Path data() {
        return Path.of(TARGET, "database" + TestPostgres.suffix());
    }

    static void stop() {
        try {
            database.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void kill() {
        TestPostgres.kill(data());
    }

    static EmbeddedDatabase database() {
        if (database == null) {
            throw new IllegalStateException(
                    "Only the JVM of the in-server tests has the database, not the application server");
        }
        return database;
    }
}
