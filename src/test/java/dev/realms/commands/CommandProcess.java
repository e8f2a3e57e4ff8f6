package dev.realms.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One of the README's commands as a process of its own, in a folder that holds the project, as somebody types it. */
final class CommandProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Process process;
    private final Path project;
    private final Path output;

    private CommandProcess(Process process, Path project, Path output) {
        this.process = process;
        this.project = project;
        this.output = output;
    }

    /**
     * Starts it in a process group of its own, as a terminal does.
     *
     * @param as what runs it as another user, put in front; empty for this one
     */
    static CommandProcess start(Path project, List<String> as, List<String> command) {
        Path output = project.resolve("output.log");
        // Whatever runs the tests in the background has SIGINT ignored, and what ignores it hands that on.
        List<String> line = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT"));
        line.addAll(as);
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // The settings of the tests are nobody else's.
        builder.environment().keySet().removeIf(name -> name.startsWith("REALMS_") || name.startsWith("MP_"));
        builder.environment().put("MAVEN_OPTS", System.getProperty("realms.it.agent", ""));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new CommandProcess(process, project, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the first group of the pattern matches, as soon as it is printed. */
    String await(String pattern) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            boolean ended = !process.isAlive();
            Matcher found = Pattern.compile(pattern).matcher(output());
            if (found.find()) {
                return found.group(found.groupCount() > 0 ? 1 : 0);
            }
            if (ended || Instant.now().isAfter(end)) {
                throw new AssertionError("'" + pattern + "' was not printed: " + output());
            }
            LockSupport.parkNanos(100_000_000);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code. Nothing that it started, and nothing that it was started by, is left. */
    int awaitEnd() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(() -> "it has not ended: " + output())
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        assertThat(processes().map(one -> one.info().commandLine().orElse("?")).toList())
                .as("left running")
                .isEmpty();
        return process.exitValue();
    }

    /** Ctrl-C: the terminal tells all processes of the group. */
    void interrupt() {
        signal("INT", "-" + process.pid());
    }

    /** As a supervisor ends it: the command alone is told. */
    void terminate() {
        signal("TERM", Long.toString(process.pid()));
    }

    /** All that work in the project's folder, whoever their parents are now. Linux only. */
    Stream<ProcessHandle> processes() {
        return ProcessHandle.allProcesses().filter(this::worksHere);
    }

    private boolean worksHere(ProcessHandle one) {
        Path folder = Path.of("/proc", Long.toString(one.pid()));
        try {
            return Files.readSymbolicLink(folder.resolve("cwd")).startsWith(project)
                    || Files.readString(folder.resolve("cmdline")).contains(project.toString());
        } catch (IOException gone) {
            return false;
        }
    }

    private static void signal(String name, String whom) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, "--", whom)
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whatever a test that failed has left. */
    @Override
    public void close() {
        List<ProcessHandle> left = processes().toList();
        left.forEach(ProcessHandle::destroyForcibly);
        left.forEach(one -> one.onExit().join());
        process.destroyForcibly();
    }

    /** Where one of its processes listens, such as {@code 127.0.0.1:5432}. */
    Optional<String> listensAt() {
        return ListeningSockets.of(processes().map(ProcessHandle::pid).toList()).stream()
                .findFirst();
    }
}
