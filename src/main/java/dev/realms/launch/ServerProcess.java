package dev.realms.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The application server as a child process. It ends with {@link #close()}; one that a killed command left is ended first. */
final class ServerProcess implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Process process;
    private final Path pidFile;
    private final ServerLog log;

    private ServerProcess(Process process, Path pidFile, ServerLog log) {
        this.process = process;
        this.pidFile = pidFile;
        this.log = log;
    }

    static ServerProcess start(ServerCommand command, Map<String, String> environment, Path log) {
        Path pidFile = pidFile(command.root());
        try {
            stopLeftover(command.root());
            // A root folder that is used again deploys the WAR a second time.
            delete(command.root());
            keepPrevious(log);
            ProcessBuilder builder =
                    new ProcessBuilder(command.line()).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            // A closed standard input; nobody types to it, and it must not compete for the terminal.
            process.getOutputStream().close();
            ProcessMark.of(process.toHandle()).write(pidFile);
            return new ServerProcess(process, pidFile, new ServerLog(log));
        } catch (IOException e) {
            throw new CannotStart("The application server can't be started: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Does nothing while all is well.
     *
     * @throws CannotStart with the application's own sentence when it refused to start, else with how the server ended
     */
    void check() {
        log.refusal().ifPresent(sentence -> {
            throw new CannotStart(sentence);
        });
        if (!process.isAlive()) {
            throw new CannotStart(
                    "The application server ended (exit code %d); see %s.".formatted(process.exitValue(), log.file()));
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    ServerLog log() {
        return log;
    }

    @Override
    public void close() throws IOException {
        end(process.toHandle());
        Files.deleteIfExists(pidFile);
    }

    /** Ends the server that a killed command left running on this root folder, if it still does. */
    static void stopLeftover(Path root) throws IOException {
        ProcessMark.read(pidFile(root))
                .flatMap(mark -> mark.find(root.toString()))
                .ifPresent(ServerProcess::end);
    }

    private static Path pidFile(Path root) {
        return root.resolveSibling(root.getFileName() + ".pid");
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException tooSlow) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The log of the start before is often the one that is wanted. */
    private static void keepPrevious(Path log) throws IOException {
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> files;
            try (Stream<Path> found = Files.walk(folder)) {
                files = found.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
