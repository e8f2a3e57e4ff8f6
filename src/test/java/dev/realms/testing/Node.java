package dev.realms.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An application server of the kind that is tested, with the WAR as it is delivered, outside of Arquillian: it can be killed, and
 * there can be several. Ports are free ones of the loopback interface; its log is {@code target/nodes/<name>.log}.
 */
public final class Node implements AutoCloseable {

    private static final Path TARGET = Path.of(System.getProperty("realms.it.target"));

    private final Process process;
    private final int port;

    private Node(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param settings environment variables, over those of this process. Returns before anything is deployed */
    public static Node start(String name, Map<String, String> settings) {
        return start(name, settings, System.getProperty("realms.it.java"));
    }

    /** With the virtual machine's options that the README recommends, instead of those that make tests fast. */
    public static Node startAsDelivered(String name) {
        return start(name, Map.of(), "@" + Path.of(System.getProperty("realms.it.server-config"), "jvm.options"));
    }

    private static Node start(String name, Map<String, String> settings, String java) {
        int port = freePort();
        Path folder = TARGET.resolve("nodes").resolve(name);
        try {
            delete(folder);
            Files.createDirectories(folder);
            ProcessBuilder builder = isWildFly() ? wildFly(folder, port, java) : payara(folder, port, java);
            builder.environment().putAll(settings);
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolveSibling(name + ".log").toFile()))
                    .start();
            process.getOutputStream().close();
            Node node = new Node(process, port);
            Runtime.getRuntime().addShutdownHook(new Thread(node::kill));
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Api api() {
        return Api.at(base());
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

    @Override
    public void close() {
        kill();
    }

    private static boolean isWildFly() {
        return System.getProperty("arquillian.launch").equals("wildfly");
    }

    private static ProcessBuilder payara(Path folder, int port, String java) {
        Path config = Path.of(System.getProperty("realms.it.server-config"), "payara");
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of(java.split(" +")));
        line.addAll(List.of("-Dh2.bindAddress=127.0.0.1", "-Djava.io.tmpdir=" + TARGET.resolve("tmp")));
        line.addAll(List.of("-jar", System.getProperty("payara.jar"), "--nohazelcast", "--disablephonehome"));
        line.addAll(List.of(
                "--prebootcommandfile", config.resolve("loopback.asadmin").toString()));
        line.addAll(List.of(
                "--postbootcommandfile", config.resolve("post-boot.asadmin").toString()));
        line.addAll(
                List.of("--logproperties", config.resolve("logging.properties").toString()));
        line.addAll(List.of("--addLibs", System.getProperty("postgresql.jar")));
        line.addAll(List.of("--deploy", System.getProperty("realms.it.war"), "--contextroot", "/"));
        line.addAll(List.of("--rootdir", folder.toString(), "--port", Integer.toString(port)));
        return new ProcessBuilder(line);
    }

    /** A configuration of its own, with what realms.cli has made of it. */
    private static ProcessBuilder wildFly(Path folder, int port, String java) throws IOException {
        Path home = Path.of(System.getProperty("wildfly.home"));
        copy(home.resolve("standalone/configuration"), folder.resolve("configuration"));
        Files.createDirectories(folder.resolve("deployments"));
        Files.copy(Path.of(System.getProperty("realms.it.war")), folder.resolve("deployments/realms.war"));
        ProcessBuilder builder = new ProcessBuilder(
                home.resolve("bin/standalone.sh").toString(),
                "-Djboss.server.base.dir=" + folder,
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=0",
                "-Djboss.management.http.port=" + freePort());
        builder.environment().put("JBOSS_HOME", home.toString());
        builder.environment().put("JAVA_OPTS", java + " -Djava.net.preferIPv4Stack=true");
        return builder;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
