package dev.realms.bench.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** The application server's process, among the children of this one, as Linux tells of it. */
final class ServerMemory {

    private ServerMemory() {}

    /** Megabytes that are resident now; empty where Linux's /proc is not. */
    static Optional<Long> resident() {
        return server().flatMap(server -> {
            try {
                return Files.readAllLines(Path.of("/proc", Long.toString(server.pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                        .findFirst();
            } catch (IOException notLinux) {
                return Optional.empty();
            }
        });
    }

    /** How long ago the process began. */
    static Optional<Duration> age() {
        return server().flatMap(server -> server.info().startInstant())
                .map(start -> Duration.between(start, Instant.now()));
    }

    /** The largest Java process that was started from here. */
    private static Optional<ProcessHandle> server() {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info()
                        .command()
                        .filter(name -> name.endsWith("java"))
                        .isPresent())
                .max(Comparator.comparing(
                        child -> child.info().totalCpuDuration().orElse(Duration.ZERO)));
    }
}
