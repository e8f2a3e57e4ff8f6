package dev.realms.testing;

import dev.realms.launch.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts PostgreSQL before Arquillian starts the application server, which inherits this process's environment and so finds the
 * database where {@code REALMS_DB_URL} says. Unit tests run without it: only the in-server tests have {@code realms.it.database}.
 */
public final class EmbeddedDatabaseSession implements LauncherSessionListener {

    private static EmbeddedDatabase database;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Integer port = Integer.getInteger("realms.it.database");
        if (port == null) {
            return;
        }
        Path target = Path.of(System.getProperty("realms.it.target"));
        try {
            Files.createDirectories(target.resolve("tmp"));
            database = EmbeddedDatabase.start(target.resolve("it-database"), target.resolve("postgresql"), port, false);
            // Not when the session closes: an interrupted build must not leave PostgreSQL running.
            Runtime.getRuntime().addShutdownHook(new Thread(EmbeddedDatabaseSession::stop));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TestDatabase.makeRoles();
    }

    static EmbeddedDatabase database() {
        if (database == null) {
            throw new IllegalStateException(
                    "Only the JVM of the in-server tests has the database, not the application server");
        }
        return database;
    }

    private static void stop() {
        try {
            database.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
