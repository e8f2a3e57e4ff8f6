package dev.realms.launch;

import dev.realms.settings.PrivateFile;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL that needs no installation: for the run command and for tests, reachable from this machine only.
 *
 * <p>Contract: after {@link #start} the database {@code realms} (UTF-8) exists, owned by the role {@code realms_owner}, which may
 * log in and make roles but is no superuser. The data directory survives restarts, {@code kill -9} of this process and of
 * PostgreSQL; a PostgreSQL that a killed process left running on it is stopped first. A data directory another
 * living process uses is refused. Passwords are random, made once, and kept in the data directory, readable by its user only.
 *
 * <p>There is no shutdown hook: whoever starts it closes it, after everything that uses it has ended.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    /**
     * The PostgreSQL that is started.
     *
     * @param archive where its programs come from
     * @param locale options of {@code initdb}, without their dashes
     */
    public record Binaries(PgBinaryResolver archive, Map<String, String> locale) {

        /** Those among the dependencies. They sort and map cases alike on every machine, whatever locales it has. */
        static final Binaries BUNDLED = new Binaries(
                DefaultPostgresBinaryResolver.INSTANCE,
                Map.of("locale", "C", "locale-provider", "builtin", "builtin-locale", "C.UTF-8"));
    }

    private static final String NAME = "realms";
    private static final String OWNER = "realms_owner";
    private static final String SUPERUSER = "postgres";
    private static final String PASSWORD_FILE = "realms-password";

    private final EmbeddedPostgres postgres;
    private final Path data;
    private final String password;
    private final FileChannel lock;

    private EmbeddedDatabase(EmbeddedPostgres postgres, Path data, String password, FileChannel lock) {
        this.postgres = postgres;
        this.data = data;
        this.password = password;
        this.lock = lock;
    }

    /**
     * Starts PostgreSQL and returns when it takes connections.
     *
     * @param data the data directory; made when missing
     * @param work where the binaries are unpacked (once) and the log {@code postgresql.log} is written
     * @param port a TCP port of the loopback interface, or 0 for a free one
     * @param durable true: a commit is on disk when it returns; false: faster, and a power failure may lose the data (tests)
     * @throws IOException when it can't start; the message is one sentence that says why
     */
    public static EmbeddedDatabase start(Path data, Path work, int port, boolean durable) throws IOException {
        return start(data, work, port, durable, Binaries.BUNDLED);
    }

    /** As {@link #start(Path, Path, int, boolean)}, with another PostgreSQL. */
    public static EmbeddedDatabase start(Path data, Path work, int port, boolean durable, Binaries binaries)
            throws IOException {
        Path directory = data.toAbsolutePath().normalize();
        Path workspace = Files.createDirectories(work.toAbsolutePath().normalize());
        Files.createDirectories(directory.getParent());
        refuseTakenPort(port);
        FileChannel lock = DataDirectory.lock(directory.resolveSibling(directory.getFileName() + ".lock"))
                .orElseThrow(
                        () -> new IOException("The data directory " + directory + " is in use by another process"));
        try {
            new Postmaster(directory).stop();
            if (Files.notExists(directory.resolve("PG_VERSION"))) {
                create(directory, workspace, binaries);
            }
            String password = Files.readString(directory.resolve(PASSWORD_FILE)).strip();
            EmbeddedPostgres postgres = boot(directory, workspace, port, durable, password, binaries);
            return new EmbeddedDatabase(postgres, directory, password, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** The URL of the database, without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + port() + "/" + NAME;
    }

    public int port() {
        return postgres.getPort();
    }

    public String ownerUser() {
        return OWNER;
    }

    public String ownerPassword() {
        return password;
    }

    /** The database, seen by the superuser: for what the owner may not do, such as ending other roles' connections. */
    public DataSource superuser() {
        return dataSource(postgres.getPort(), NAME, password);
    }

    /** Whether PostgreSQL still runs. Asks the operating system, not the database. */
    public boolean isRunning() {
        try {
            return new Postmaster(data).isRunning();
        } catch (IOException e) {
            return false;
        }
    }

    /** Stops PostgreSQL (open transactions are rolled back) and waits until it has ended. */
    @Override
    public void close() throws IOException {
        try (lock) {
            new Postmaster(data).stop();
        } finally {
            postgres.close();
        }
    }

    /** Built beside its place and then moved, so that a kill half-way never leaves a data directory that can't start. */
    private static void create(Path data, Path work, Binaries binaries) throws IOException {
        Path draft = data.resolveSibling(data.getFileName() + ".new");
        new Postmaster(draft).stop();
        DataDirectory.delete(draft);
        String password = HexFormat.of().formatHex(new SecureRandom().generateSeed(16));
        EmbeddedPostgres postgres = boot(draft, work, 0, true, password, binaries);
        try (Connection connection =
                        dataSource(postgres.getPort(), SUPERUSER, password).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + SUPERUSER + " PASSWORD '" + password + "'");
            statement.execute("CREATE ROLE " + OWNER + " LOGIN CREATEROLE PASSWORD '" + password + "'");
            statement.execute("CREATE DATABASE " + NAME + " OWNER " + OWNER + " ENCODING 'UTF8' TEMPLATE template0");
        } catch (SQLException e) {
            throw new IOException("The embedded PostgreSQL could not be set up: " + e.getMessage(), e);
        } finally {
            new Postmaster(draft).stop();
            postgres.close();
        }
        PrivateFile.write(draft.resolve(PASSWORD_FILE), password);
        // Every user of this machine can reach the loopback interface; the password is what keeps the others out.
        Files.writeString(draft.resolve("pg_hba.conf"), "host all all samehost scram-sha-256\n");
        Files.move(draft, data);
    }

    private static EmbeddedPostgres boot(
            Path data, Path work, int port, boolean durable, String password, Binaries binaries) throws IOException {
        String durability = durable ? "on" : "off";
        ProcessBuilder.Redirect log =
                ProcessBuilder.Redirect.appendTo(work.resolve("postgresql.log").toFile());
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
            binaries.locale().forEach(builder::setLocaleConfig);
            return builder.setPgBinaryResolver(binaries.archive())
                    .setDataDirectory(data)
                    .setOverrideWorkingDirectory(work.toFile())
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setConnectConfig("password", password)
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("fsync", durability)
                    .setServerConfig("full_page_writes", durability)
                    .setServerConfig("synchronous_commit", durability)
                    // Recovery after a crash reads the log written since the last checkpoint.
                    .setPGStartupWait(Duration.ofSeconds(60))
                    // A file, not a pipe: PostgreSQL may outlive this process, and a broken pipe would stop its log.
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .start();
        } catch (IOException | RuntimeException | ExceptionInInitializerError e) {
            new Postmaster(data).stop();
            throw new IOException("The embedded PostgreSQL did not start; its log " + log.file() + " says why", e);
        } finally {
            // The library opens it to everybody, and whoever can write there can replace the binaries.
            if (!work.toFile().setWritable(false, false) || !work.toFile().setWritable(true, true)) {
                throw new IOException("The permissions of " + work + " can't be set");
            }
        }
    }

    private static void refuseTakenPort(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            // Closed connections of the last run linger on the port; PostgreSQL, too, starts in spite of them.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new IOException("Port " + port + " is already in use", e);
        }
    }

    private static DataSource dataSource(int port, String database, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"localhost"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(SUPERUSER);
        source.setPassword(password);
        return source;
    }
}
