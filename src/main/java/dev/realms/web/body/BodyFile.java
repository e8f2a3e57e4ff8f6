package dev.realms.web.body;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The file that holds the body of a request as long as the request lasts. Only the service's user may read it. */
@RequestScoped
public class BodyFile {

    private static final String NAME = "realms-body";

    private Path path;

    /** Made at first use. */
    public Path path() throws IOException {
        if (path == null) {
            removeOld();
            path = Files.createTempFile(NAME, null);
        }
        return path;
    }

    /** What a process has left that was killed. */
    private static void removeOld() throws IOException {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, NAME + "*")) {
            for (Path file : files) {
                if (Files.isWritable(file)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(yesterday)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @PreDestroy
    void delete() {
        try {
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
