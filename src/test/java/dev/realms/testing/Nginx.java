package dev.realms.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The real proxy, with what {@code server-config/nginx/realms.conf} says, before a server on this machine; ends with {@link #close()}. Needs
 * Debian's package nginx.
 */
public final class Nginx implements AutoCloseable {

    /** Where the service is, below the proxy's root. */
    public static final String PREFIX = "/tools/realms";

    private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

    private final Process process;
    private final Path folder;
    private final int port;
    private final TestCertificate certificate;

    private Nginx(Process process, Path folder, int port, TestCertificate certificate) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.certificate = certificate;
    }

    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /**
     * @param server what it stands before
     * @param from the address of the loopback interface that the server sees its requests come from
     */
    public static Nginx start(URI server, String from) {
        try {
            int port = Ports.findFree();
            Path folder = Files.createTempDirectory("nginx");
            TestCertificate certificate = TestCertificate.make(folder);
            Files.writeString(
                    folder.resolve("realms.conf"),
                    example()
                            .replace("listen 443 ssl", "listen 127.0.0.1:" + port + " ssl")
                            .replace("127.0.0.1:8080", "127.0.0.1:" + server.getPort())
                            .replace(
                                    "/etc/nginx/tls/realms.crt",
                                    folder.resolve("realms.crt").toString())
                            .replace(
                                    "/etc/nginx/tls/realms.key",
                                    folder.resolve("realms.key").toString()));
            Files.writeString(folder.resolve("nginx.conf"), configuration(folder, from));
            Process process = new ProcessBuilder(command(folder))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            Nginx started = new Nginx(process, folder, port, certificate);
            Runtime.getRuntime().addShutdownHook(new Thread(started::stop));
            Ports.awaitListener(port, process, folder.resolve("log"));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The service's root, as it is seen from outside. */
    public URI base() {
        return URI.create("https://127.0.0.1:" + port + PREFIX);
    }

    /** The same API, by way of the proxy. */
    public Api api() {
        return Api.below(base(), certificate.trusted());
    }

    private void stop() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        try {
            ProjectCopy.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String example() throws IOException {
        return Files.readString(Path.of(System.getProperty("realms.it.server-config"), "nginx", "realms.conf"));
    }

    /** What an installed nginx has around the example, in a folder of its own. */
    private static String configuration(Path folder, String from) throws IOException {
        return """
                daemon off;
                %spid nginx.pid;
                worker_processes 1;
                events { worker_connections 256; }
                http {
                  access_log off;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  proxy_bind %s;
                  include realms.conf;
                }
                """.formatted(user(folder), from);
    }

    /** As root it works for somebody else, who must reach the folder; otherwise for whoever starts it. */
    private static String user(Path folder) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return "";
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return "user nobody nogroup;\n";
    }

    /** The shell beside it ends it when nobody is left who could: the shell's input ends with this process, however that ends. */
    private static String[] command(Path folder) {
        String script = "\"$@\" </dev/null & nginx=$!; cat >/dev/null; kill $nginx; wait $nginx";
        String start = folder + "/";
        return new String[] {
            "/bin/sh", "-c", script, "sh", PROGRAM.toString(), "-p", start, "-c", "nginx.conf", "-e", "error.log"
        };
    }
}
