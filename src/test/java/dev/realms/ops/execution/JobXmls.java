package dev.realms.ops.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The batch jobs of the product: a new one is found here. */
final class JobXmls {

    private JobXmls() {}

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/META-INF/batch-jobs"))) {
            return files.toList();
        }
    }

    /** A job's id is the name of its file. */
    static List<String> names() throws IOException {
        return all().stream()
                .map(file -> file.getFileName().toString().replaceFirst("\\.xml$", ""))
                .sorted()
                .toList();
    }
}
