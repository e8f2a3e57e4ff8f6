package dev.realms.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the build reads of this project, in another folder: as it is after a clone, with nothing left from before. */
public final class ProjectCopy {

    private static final List<String> PARTS = List.of("src", "server-config", ".mvn", "pom.xml", "README.md");

    private ProjectCopy() {}

    /** What an earlier copy holds there and the project no longer does is gone; what a build made there stays. */
    public static Path make(Path project, Path to) throws IOException {
        for (String part : PARTS) {
            delete(to.resolve(part));
            copy(project.resolve(part), to.resolve(part));
        }
        return to;
    }

    public static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
    }
}
