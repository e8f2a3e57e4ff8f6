package dev.realms.launch;

import dev.realms.launch.Command.CannotStart;
import dev.realms.launch.Command.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** The application server as a child process. It ends with {@link #close()}. */
final class ServerProcess implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMillis(200);

    /** How long an application may take on a busy machine, once the server has deployed it. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Pattern ON_THE_WAY_BACK =
            Pattern.compile("\"state\"\\s*:\\s*\"(rolling-back|rolled-back|rollback-failed)\"");

    private final Process process;
    private final ServerLog log;
    private final Terminal terminal;

    private ServerProcess(Process process, ServerLog log, Terminal terminal) {
        this.process = process;
        this.log = log;
        this.terminal = terminal;
    }

    /**
     * @param environment laid over that of this process
     * @param terminal is told for what the schema waits
     */
    static ServerProcess start(ServerCommand command, Map<String, String> environment, Path log, Terminal terminal) {
        try {
            // A root folder that is used again deploys the WAR a second time.
            DataDirectory.delete(command.root());
            keepPrevious(log);
            ProcessBuilder builder =
                    new ProcessBuilder(command.line()).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            // A closed standard input; nobody types to it, and it must not compete for the terminal.
            process.getOutputStream().close();
            return new ServerProcess(process, new ServerLog(log), terminal);
        } catch (IOException e) {
            throw new CannotStart("The application server can't be started: " + e.getMessage() + ".", e);
        }
    }

    /** Ends the server that a killed command left running on this root folder, if it still does: it would hold the port and the folder. */
    static void stopLeftover(Path root) {
        ProcessHandle.allProcesses().filter(process -> serves(process, root)).forEach(ServerProcess::end);
    }

    /**
     * Says what the schema waits for; does nothing else while all is well.
     *
     * @throws CannotStart with the application's own sentence when it refused to start, else with how the server ended
     */
    void check() {
        log.nextLockWait().ifPresent(terminal::say);
        log.refusal().ifPresent(sentence -> {
            throw new CannotStart(sentence);
        });
        if (!process.isAlive()) {
            throw new CannotStart(
                    "The application server ended (exit code %d); see %s.".formatted(process.exitValue(), log.file()));
        }
    }

    /**
     * Waits for something of the application's.
     *
     * @param deploying how long the server may take to deploy the application; after that it has two minutes
     * @return whether it came
     * @throws CannotStart when the server ends or the application refuses to start
     */
    boolean await(BooleanSupplier there, Duration deploying, StopSignal stop) {
        Instant deadline = Instant.now().plus(deploying);
        boolean deployed = false;
        while (true) {
            check();
            if (there.getAsBoolean()) {
                return true;
            }
            if (!deployed && log.isDeployed()) {
                deployed = true;
                deadline = Instant.now().plus(PATIENCE);
            }
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            stop.pause(INTERVAL);
        }
    }

    /**
     * Waits until {@code /health/ready} says that the application (not just the server without it) is up. One whose database has been rolled
     * back gets no readier than to answer whoever leads the migration.
     */
    void awaitReady(int port, StopSignal stop) {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        // An address, not a name: the machine may resolve localhost to an interface the server is not on.
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
        if (!await(() -> isReady(client, question), Duration.ofMinutes(10), stop)) {
            throw new CannotStart("The application does not get ready; see " + log.file() + ".");
        }
    }

    private boolean isReady(HttpClient client, HttpRequest question) {
        try {
            HttpResponse<String> answer = client.send(question, HttpResponse.BodyHandlers.ofString());
            // A server whose deployment failed is "UP" with an empty list of checks.
            return answer.statusCode() == 200 && answer.body().contains("\"name\"")
                    || ON_THE_WAY_BACK.matcher(answer.body()).find() && log.isDeployed();
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        end(process.toHandle());
    }

    /** The folder is the last word of an option that only ours has, so that no other program is taken for the server. */
    private static boolean serves(ProcessHandle process, Path root) {
        List<String> option = List.of("--rootdir", root.toString());
        return process.info().arguments().map(Arrays::asList).stream()
                        .anyMatch(arguments -> Collections.indexOfSubList(arguments, option) >= 0)
                && sees(process, root);
    }

    /** In a container the same name may be another folder's. What can't be asked is somebody else's. */
    private static boolean sees(ProcessHandle process, Path root) {
        if (Files.notExists(Path.of("/proc/self/root"))) {
            return true;
        }
        try {
            return Files.isSameFile(Path.of("/proc/" + process.pid() + "/root" + root.toAbsolutePath()), root);
        } catch (IOException | SecurityException notOurs) {
            return false;
        }
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        CompletableFuture<ProcessHandle> ended = process.onExit();
        ended.copy()
                .completeOnTimeout(null, GRACE.toSeconds(), TimeUnit.SECONDS)
                .join();
        if (!ended.isDone()) {
            process.destroyForcibly();
            ended.join();
        }
    }

    /** The log of the start before is often the one that is wanted. */
    private static void keepPrevious(Path log) throws IOException {
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
