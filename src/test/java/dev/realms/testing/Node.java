package dev.realms.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * An application server of the kind that is tested, with a WAR: it can be killed, and there can be several. Ports are free ones of
 * the loopback interface; its log is {@code nodes/<name>.log} in the folder of its fork.
 */
public final class Node implements AutoCloseable {

    private static final Path TARGET = Path.of(System.getProperty("realms.it.target"));
    private static final Path DELIVERED = Path.of(System.getProperty("realms.it.war"));

    /** Of this run: a second server of the same name goes on with its log. */
    private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

    private final Process process;
    private final int port;
    private final Path log;

    private Node(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** With the WAR as it is delivered. @param settings environment variables, over those of this process */
    public static Node start(String name, Map<String, String> settings) {
        return start(name, DELIVERED, settings);
    }

    /** Returns before anything is deployed. */
    public static Node start(String name, Path war, Map<String, String> settings) {
        return start(name, war, settings, System.getProperty("realms.it.java"));
    }

    /** With the heap and collector that the README recommends; compiled as fast as the others. */
    public static Node startAsDelivered(String name) {
        String options = "@" + Path.of(System.getProperty("realms.it.server-config"), "jvm.options")
                + " -XX:TieredStopAtLevel=1";
        return start(name, DELIVERED, Map.of(), options);
    }

    private static Node start(String name, Path war, Map<String, String> settings, String java) {
        int port = Ports.findFree();
        Path folder = TARGET.resolve("nodes").resolve(name);
        try {
            Path log = folder.resolveSibling(name + ".log");
            if (NAMES.add(name)) {
                Files.deleteIfExists(log);
            }
            ProjectCopy.delete(folder);
            Files.createDirectories(folder);
            ProcessBuilder builder =
                    isWildFly() ? wildFly(folder, war, port, options(java)) : payara(folder, war, port, options(java));
            builder.environment().put("REALMS_DB_URL", TestDatabase.url());
            builder.environment().put("REALMS_DATA_DIR", Tokens.dataDirectory().toString());
            builder.environment().putAll(settings);
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process.getOutputStream().close();
            Node node = new Node(process, port, log);
            Runtime.getRuntime().addShutdownHook(new Thread(node::close));
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What every server is started with, and what measures its coverage. */
    private static String options(String java) {
        return String.join(
                        " ",
                        java,
                        System.getProperty("realms.it.agent", ""),
                        "-Djava.io.tmpdir=" + TARGET.resolve("tmp"))
                .strip();
    }

    /** Returns when the application has started, whether or not it serves. */
    public Node awaitStart() {
        Instant end = Instant.now().plus(Duration.ofMinutes(3));
        while (!hasStarted()) {
            if (!isAlive() || Instant.now().isAfter(end)) {
                throw new AssertionError("The server at " + base() + " does not start: see " + log);
            }
            LockSupport.parkNanos(50_000_000);
        }
        return this;
    }

    /** Returns its log, as soon as it says why it can't start. */
    public String awaitRefusal() {
        Instant end = Instant.now().plus(Duration.ofMinutes(3));
        while (!log().contains("REALMS CANNOT START: ")) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("The server at " + base() + " refuses nothing: see " + log);
            }
            LockSupport.parkNanos(50_000_000);
        }
        return log();
    }

    /** By an answer of ours: servers say that they are live, and pass checks, before they let requests in. */
    private boolean hasStarted() {
        try {
            return api().getWhileStarting("/api/me").body().contains("urn:realms:problem:");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Api api() {
        return Api.at(base());
    }

    /** All that it has logged so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Of the virtual machine that the application runs in; WildFly's script is its parent. */
    public List<Long> pids() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    /** With no chance to tidy up. Returns when it is gone. */
    public void kill() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }

    /** As an operator ends it; killed when it has not ended after half a minute. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
    }

    private static boolean isWildFly() {
        return System.getProperty("realms.it.server").equals("wildfly");
    }

    private static ProcessBuilder payara(Path folder, Path war, int port, String java) {
        Path config = Path.of(System.getProperty("realms.it.server-config"), "payara");
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of(java.split(" +")));
        line.addAll(List.of("-jar", System.getProperty("payara.jar"), "--nohazelcast", "--disablephonehome"));
        line.addAll(List.of(
                "--prebootcommandfile", config.resolve("loopback.asadmin").toString()));
        line.addAll(List.of(
                "--postbootcommandfile", config.resolve("post-boot.asadmin").toString()));
        line.addAll(
                List.of("--logproperties", config.resolve("logging.properties").toString()));
        line.addAll(List.of("--addLibs", System.getProperty("postgresql.jar")));
        line.addAll(List.of("--deploy", war.toString(), "--contextroot", "/"));
        line.addAll(List.of("--rootdir", folder.toString(), "--port", Integer.toString(port)));
        return new ProcessBuilder(line);
    }

    /** A configuration of its own, with what realms.cli has made of it. */
    private static ProcessBuilder wildFly(Path folder, Path war, int port, String java) throws IOException {
        Path home = Path.of(System.getProperty("wildfly.home"));
        copy(home.resolve("standalone/configuration"), folder.resolve("configuration"));
        Files.createDirectories(folder.resolve("deployments"));
        Files.copy(war, folder.resolve("deployments/realms.war"));
        ProcessBuilder builder = new ProcessBuilder(
                home.resolve("bin/standalone.sh").toString(),
                "-Djboss.server.base.dir=" + folder,
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=0",
                "-Djboss.management.http.port=" + Ports.findFree());
        builder.environment().put("JBOSS_HOME", home.toString());
        builder.environment().put("JAVA_OPTS", java + " -Djava.net.preferIPv4Stack=true");
        return builder;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
