package dev.realms.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The PostgreSQL processes on one data directory, also those a killed process left behind.
 *
 * <p>PostgreSQL writes two files into its data directory: {@code postmaster.pid}, whose first line is the process id, and
 * {@code postmaster.opts}, the command line it was started with.
 */
record Postmaster(Path data) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    boolean isRunning() throws IOException {
        Optional<Path> program = program();
        return program.isPresent() && find(program.get()).isPresent();
    }

    /** Stops it when it runs (fast: clients are disconnected, their transactions rolled back) and waits until all has ended. */
    void stop() throws IOException {
        Optional<Path> program = program();
        if (program.isEmpty()) {
            return;
        }
        Optional<ProcessHandle> running = find(program.get());
        if (running.isPresent()) {
            // The JDK sends no SIGINT. The shell does without a program that small images lack.
            new ProcessBuilder("sh", "-c", "kill -INT " + running.get().pid()).start();
        }
        awaitEnd(program.get());
        if (Files.isDirectory(Path.of("/proc/self"))) {
            // A new one refuses to start while that id exists, be it a zombie that nobody has reaped yet or, after a
            // restart of the machine, another program. Linux only, where it is known that no orphan is left.
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        }
    }

    private Optional<Path> program() throws IOException {
        return read("postmaster.opts").map(options -> Path.of(options.split(" \"", 2)[0].strip()));
    }

    /** The id alone proves nothing: after a restart of the machine it may be somebody else's. */
    private Optional<ProcessHandle> find(Path program) throws IOException {
        return read("postmaster.pid")
                .flatMap(text -> text.lines().findFirst())
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .flatMap(id -> ProcessHandle.of(Long.parseLong(id)))
                .filter(process -> runs(process, program));
    }

    /** PostgreSQL removes its files when it ends, so whether there is one is known only by reading it. */
    private Optional<String> read(String file) throws IOException {
        try {
            return Optional.of(Files.readString(data.resolve(file)));
        } catch (NoSuchFileException noneOrNoMore) {
            return Optional.empty();
        }
    }

    /** When the postmaster was killed, its children end by themselves, soon; a new one refuses to start before. */
    private void awaitEnd(Path program) throws IOException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (find(program).isPresent()
                || ProcessHandle.allProcesses().anyMatch(process -> runs(process, program) && worksInData(process))) {
            if (Instant.now().isAfter(deadline)) {
                throw new IOException("The PostgreSQL on " + data + " does not end");
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while waiting for the PostgreSQL on " + data, e);
            }
        }
    }

    /** A zombie has no program any more. */
    private static boolean runs(ProcessHandle process, Path program) {
        return process.info().command().filter(program.toString()::equals).isPresent();
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
