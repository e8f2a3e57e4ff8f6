package dev.realms.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real pooler, before a PostgreSQL on this machine; ends with {@link #close()}. Needs Debian's package pgbouncer. */
public final class PgBouncer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

    private final Process process;
    private final Path folder;
    private final int port;

    private PgBouncer(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /**
     * @param mode {@code session}, {@code transaction} or {@code statement}
     * @param postgres the port of what it stands before
     * @param passwords by role
     * @param sessions how many it has, for each role and database
     */
    public static PgBouncer start(String mode, int postgres, Map<String, String> passwords, int sessions) {
        try {
            int port = Ports.findFree();
            Path folder = Files.createTempDirectory("pgbouncer");
            Path users = folder.resolve("users.txt");
            StringBuilder lines = new StringBuilder();
            passwords.forEach((role, password) -> lines.append("\"%s\" \"%s\"%n".formatted(role, password)));
            Files.writeString(users, lines.toString());
            Path configuration = Files.writeString(
                    folder.resolve("pgbouncer.ini"), """
                    [databases]
                    * = host=127.0.0.1 port=%d
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = scram-sha-256
                    auth_file = %s
                    pool_mode = %s
                    default_pool_size = %d
                    ignore_startup_parameters = extra_float_digits
                    """.formatted(postgres, port, users, mode, sessions));
            Process process = new ProcessBuilder(command(folder, configuration))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            PgBouncer started = new PgBouncer(process, folder, port);
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            Ports.awaitListener(port, process, folder.resolve("log"));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** The same address by way of the pooler. */
    public String url(String direct) {
        return direct.replaceFirst("//[^/]*/", "//127.0.0.1:" + port + "/");
    }

    /** As when it is gone. */
    public void stop() {
        process.destroy();
        try {
            process.waitFor();
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

    /** It refuses to be root. */
    private static List<String> command(Path folder, Path configuration) throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        if (System.getProperty("user.name").equals("root")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(configuration.toString());
        return command;
    }
}
