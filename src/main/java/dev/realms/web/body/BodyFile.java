package dev.realms.web.body;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** The file that holds the body of a request as long as the request lasts. Only the service's user may read it. */
@RequestScoped
public class BodyFile {

    public static final String JSON_LINES = "application/jsonl";

    public static final String NEWLINE_DELIMITED = "application/x-ndjson";

    private static final String NAME = "realms-body";

    private Path path;

    /** Whether bodies of this type lie in a file, and so may be larger than others. */
    static boolean holds(MediaType type) {
        return type != null
                && Stream.of(JSON_LINES, NEWLINE_DELIMITED)
                        .anyMatch(one -> MediaType.valueOf(one).isCompatible(type));
    }

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
