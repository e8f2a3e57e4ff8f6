package dev.realms.testing;

import dev.realms.launch.EmbeddedDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PasswordUtil;

/**
 * The PostgreSQL of the tests: the embedded one, or an installed one whose folder the system property {@code realms.test.postgresql}
 * names, such as {@code /usr/lib/postgresql/15} with {@code bin} in it. The installed one is started on a data directory of the tests.
 */
public final class TestPostgres {

    private static final String HOME = System.getProperty("realms.test.postgresql", "");

    private TestPostgres() {}

    /** As {@link EmbeddedDatabase#start(Path, Path, int, boolean)}. */
    public static EmbeddedDatabase start(Path data, Path work, int port, boolean durable) throws IOException {
        EmbeddedDatabase database = HOME.isEmpty()
                ? EmbeddedDatabase.start(data, work, port, durable)
                : EmbeddedDatabase.start(data, work, port, durable, installed(Path.of(HOME, "bin")));
        // Of the tests' own databases a run that was ended half-way may have left none.
        PGSimpleDataSource superuser = (PGSimpleDataSource) database.superuser();
        superuser.setDatabaseName("postgres");
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            // A run that was ended half-way may have left it so.
            statement.execute("SET default_transaction_read_only = off");
            // Once: at a later start a role may have another password by now.
            List<String> roles = new ArrayList<>();
            try (ResultSet row = statement.executeQuery("""
                    SELECT rolname FROM pg_authid WHERE rolname IN (CURRENT_USER, '%s')
                      AND rolpassword NOT LIKE 'SCRAM-SHA-256$1:%%'""".formatted(database.ownerUser()))) {
                while (row.next()) {
                    roles.add(row.getString(1));
                }
            }
            for (String role : roles) {
                statement.execute("ALTER ROLE %s PASSWORD '%s'".formatted(role, verifier(database.ownerPassword())));
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return database;
    }

    /**
     * What PostgreSQL keeps of a password. The 4,096 rounds of hashing that it makes by itself are most of what a connection costs, on both
     * sides, and the tests open thousands: this one has a single round.
     */
    public static String verifier(String password) {
        return PasswordUtil.encodeScramSha256(
                password.toCharArray(), 1, "salt of the tests".getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Ends the one that works on this data at once, as a crash would: the postmaster first, so that it starts nobody anew. Returns when all of it
     * is gone; a zombie has no command any more.
     */
    public static void kill(Path data) {
        try {
            String id =
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
            ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(id)).orElseThrow();
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

    /** Tells its data from that of another one; empty for the embedded one. */
    static String suffix() {
        return HOME.isEmpty() ? "" : "-" + Path.of(HOME).getFileName();
    }

    /** Before PostgreSQL 17 there is no built-in locale; this one of the C library sorts alike. */
    private static EmbeddedDatabase.Binaries installed(Path programs) {
        return new EmbeddedDatabase.Binaries((system, hardware) -> link(programs), Map.of("locale", "C.UTF-8"));
    }

    /** An archive of nothing but a link, since the library wants to unpack what it starts. */
    private static InputStream link(Path programs) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZCompressorOutputStream(archive))) {
            TarArchiveEntry link = new TarArchiveEntry("bin", TarConstants.LF_SYMLINK);
            link.setLinkName(programs.toString());
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        return new ByteArrayInputStream(archive.toByteArray());
    }
}
