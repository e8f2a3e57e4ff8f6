package dev.realms.testing;

import dev.realms.launch.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts PostgreSQL before Arquillian starts the application server, which inherits this process's environment and so finds the
 * database where {@code REALMS_DB_URL} says. Unit tests run without it: only the in-server tests have {@code realms.it.database}.
 */
public final class EmbeddedDatabaseSession implements LauncherSessionListener {

    private static final Integer PORT = Integer.getInteger("realms.it.database");

    /** One for each PostgreSQL: none starts on the data of another version. */
    private static final Path DATA =
            Path.of(System.getProperty("realms.it.target", "target"), "it-database" + TestPostgres.suffix());

    private static EmbeddedDatabase database;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (PORT == null) {
            return;
        }
        start();
        // Not when the session closes: an interrupted build must not leave PostgreSQL running.
        Runtime.getRuntime().addShutdownHook(new Thread(EmbeddedDatabaseSession::stop));
        TestDatabase.makeRoles();
    }

    /** While there is still a database that it can end with. */
    @Override
    public void launcherSessionClosed(LauncherSession session) {
        TestServer.stop();
    }

    static void start() {
        Path target = Path.of(System.getProperty("realms.it.target"));
        try {
            Files.createDirectories(target.resolve("tmp"));
            boolean durable = Boolean.getBoolean("realms.it.durable");
            database = TestPostgres.start(DATA, target.resolve("postgresql"), PORT, durable);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void stop() {
        try {
            database.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The postmaster first, so that it starts nobody anew. Returns when they are gone; a zombie has no command any more. */
    static void kill() {
        Path pid = DATA.resolve("postmaster.pid");
        try {
            ProcessHandle postmaster = ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(pid).get(0).strip()))
                    .orElseThrow();
            List<ProcessHandle> all = Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .toList();
            all.forEach(ProcessHandle::destroyForcibly);
            while (all.stream().anyMatch(one -> one.info().command().isPresent())) {
                LockSupport.parkNanos(1_000_000);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EmbeddedDatabase database() {
        if (database == null) {
            throw new IllegalStateException(
                    "Only the JVM of the in-server tests has the database, not the application server");
        }
        return database;
    }
}
