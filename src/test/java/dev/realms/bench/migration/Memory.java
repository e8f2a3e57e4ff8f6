package dev.realms.bench.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What processes hold, in megabytes, as Linux tells; 0 elsewhere. */
record Memory(long thisProcess, long postgres) {

    static Memory now() {
        long own = kilobytes(Path.of("/proc/self/status"), "VmHWM");
        long database = 0;
        long shared = 0;
        for (Path process : processes()) {
            if (line(process.resolve("status"), "Name").equals("postgres")) {
                database += kilobytes(process.resolve("status"), "RssAnon");
                shared = Math.max(shared, kilobytes(process.resolve("status"), "RssShmem"));
            }
        }
        return new Memory(own / 1024, (database + shared) / 1024);
    }

    private static List<Path> processes() {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .toList();
        } catch (IOException notLinux) {
            return List.of();
        }
    }

    private static long kilobytes(Path status, String name) {
        String value = line(status, name).replaceAll("\\D", "");
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }

    private static String line(Path status, String name) {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException | RuntimeException gone) {
            return "";
        }
    }
}
