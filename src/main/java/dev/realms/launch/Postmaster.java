package dev.realms.launch;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The PostgreSQL processes on one data directory, also those a killed process left behind.
 *
 * <p>PostgreSQL writes two files into its data directory: {@code postmaster.pid}, whose first line is the process id, and
 * {@code postmaster.opts}, the command line it was started with.
 */
record Postmaster(Path data) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static Postmaster of(Path data) {
        return new Postmaster(data);
    }

    boolean isRunning() throws IOException {
        Optional<Path> binary = binary();
        return binary.isPresent() && isRunning(binary.get());
    }

    /** Stops it when it runs (fast: clients are disconnected, their transactions rolled back) and waits until all has ended. */
    void stop() throws IOException {
        Optional<Path> binary = binary();
        if (binary.isEmpty()) {
            return;
        }
        if (isRunning(binary.get())) {
            run(binary.get().resolveSibling("pg_ctl"));
        }
        awaitOrphans(binary.get());
        forget();
    }

    /**
     * Removes the mark of a killed postmaster: a new one refuses to start while that id exists, be it a zombie that nobody has
     * reaped yet or, after a restart of the machine, another program. Linux only, where it is known that no orphan is left.
     */
    private void forget() throws IOException {
        if (Files.isDirectory(Path.of("/proc/self"))) {
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        }
    }

    private Optional<Path> binary() throws IOException {
        Path options = data.resolve("postmaster.opts");
        return Files.exists(options)
                ? Optional.of(
                        Path.of(Files.readString(options).split(" \"", 2)[0].strip()))
                : Optional.empty();
    }

    /** The id alone proves nothing: after a restart of the machine it may be somebody else's. */
    private boolean isRunning(Path binary) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (Files.notExists(file)) {
            return false;
        }
        String id = Files.readString(file).lines().findFirst().orElse("").strip();
        return !id.isEmpty()
                && ProcessHandle.of(Long.parseLong(id))
                        .filter(process -> runs(process, binary))
                        .isPresent();
    }

    private void run(Path control) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL's programs refuse to run as root; in a user namespace of their own they see another user.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(control.toString(), "stop", "-D", data.toString(), "-m", "fast", "-w"));
        command.addAll(List.of("-t", Long.toString(PATIENCE.toSeconds())));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException("The PostgreSQL on " + data + " could not be stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while stopping the PostgreSQL on " + data, e);
        }
    }

    /** When the postmaster was killed, its children end by themselves, soon; a new one refuses to start before. */
    private void awaitOrphans(Path binary) throws IOException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (ProcessHandle.allProcesses().anyMatch(process -> runs(process, binary) && worksInData(process))) {
            if (Instant.now().isAfter(deadline)) {
                throw new IOException("PostgreSQL processes on " + data + " do not end");
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while waiting for the PostgreSQL on " + data, e);
            }
        }
    }

    private static boolean runs(ProcessHandle process, Path binary) {
        return process.info().command().filter(binary.toString()::equals).isPresent();
    }

    /** Every PostgreSQL process works in its data directory. Linux only: elsewhere nothing is known, and nothing is waited for. */
    private boolean worksInData(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .equals(data);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
