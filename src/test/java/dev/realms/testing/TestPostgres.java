package dev.realms.testing;

import dev.realms.launch.EmbeddedDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;

/**
 * The PostgreSQL of the tests: the embedded one, or an installed one whose folder the system property {@code realms.test.postgresql}
 * names, such as {@code /usr/lib/postgresql/15} with {@code bin} in it. The installed one is started on a data directory of the tests.
 */
public final class TestPostgres {

    private static final String HOME = System.getProperty("realms.test.postgresql", "");

    private TestPostgres() {}

    /** As {@link EmbeddedDatabase#start(Path, Path, int, boolean)}. */
    public static EmbeddedDatabase start(Path data, Path work, int port, boolean durable) throws IOException {
        return HOME.isEmpty()
                ? EmbeddedDatabase.start(data, work, port, durable)
                : EmbeddedDatabase.start(data, work, port, durable, installed(Path.of(HOME, "bin")));
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
