package dev.realms.launch;

import dev.realms.launch.Command.CannotStart;
import dev.realms.launch.Command.StopSignal;
import dev.realms.launch.Command.Stopped;
import dev.realms.launch.MigrationProgress.Goal;
import dev.realms.launch.MigrationProgress.Position;
import dev.realms.settings.DatabaseUrl;
import dev.realms.settings.Lookup;
import dev.realms.settings.PrivateFile;
import dev.realms.settings.SecretKey;
import dev.realms.settings.Settings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** {@code mvn -Prun}: everything from nothing, served until Ctrl-C. */
public final class RunCommand {

    private static final Map<String, String> DEFAULTS =
            Map.of(Settings.SAMPLE_USERS, "1000", Settings.MIGRATION_AUTOSTART, "true", Settings.LOCAL_ISSUER, "true");

    private static final String DATABASE_LOG = "postgresql/work/postgresql.log";

    private final Launch launch;
    private final StopSignal stop;

    private RunCommand(Launch launch, StopSignal stop) {
        this.launch = launch;
        this.stop = stop;
    }

    /** @param arguments the project's folder */
    public static void main(String[] arguments) {
        Command.run(stop -> {
            Lookup lookup = Lookup.systemThenEnvironment().orElse(DEFAULTS);
            Settings settings = Launch.settings(lookup);
            Terminal terminal = Terminal.ofThisProcess();
            if (Files.notExists(settings.dataDirectory())) {
                // A taken port is told before the folder is made.
                claim(settings.httpPort());
            }
            try (DataDirectory data = DataDirectory.open(settings.dataDirectory(), "run")) {
                Launch launch = new Launch("run", Launch.project(arguments), lookup, settings, data, terminal);
                new RunCommand(launch, stop).run();
            } catch (Stopped stopped) {
                terminal.say("Stopped.");
            }
            return 0;
        });
    }

    private void run() throws IOException {
        ServerProcess.stopLeftover(launch.root());
        int port = claim(launch.settings().httpPort());
        Optional<DatabaseUrl> external = launch.settings().database().url();
        launch.terminal()
                .say(external.map(url -> "Using PostgreSQL at " + url + ".").orElse("Starting PostgreSQL."));
        try (EmbeddedDatabase embedded = external.isPresent() ? null : startDatabase()) {
            Connector owner =
                    embedded == null ? Connector.owner(launch.settings().database()) : Connector.owner(embedded);
            serve(owner, Optional.ofNullable(embedded), port);
        }
    }

    private void serve(Connector owner, Optional<EmbeddedDatabase> embedded, int port) throws IOException {
        try (ProgressReader reader = new ProgressReader(owner, Goal.MIGRATED)) {
            Optional<MigrationProgress> before = reader.read();
            try (ServerProcess server = launch.start(owner, Optional.of(port), this::secretKey)) {
                launch.terminal()
                        .say("Starting Payara Micro; its log is "
                                + launch.data().shown(launch.log()) + ".");
                untilStopped(server, port, reader, before, embedded);
            }
        }
    }

    private void untilStopped(
            ServerProcess server,
            int port,
            ProgressReader reader,
            Optional<MigrationProgress> before,
            Optional<EmbeddedDatabase> embedded)
            throws IOException {
        try {
            server.awaitReady(port, stop);
            ReadyMessage message = new ReadyMessage(launch.terminal(), launch.data(), port);
            boolean moves = launch.settings().migrationAutostart()
                    && before.filter(left -> left.is(Position.NO_WAY)).isEmpty();
            message.state(
                    moves
                            ? new ProgressMonitor(reader, launch.terminal(), stop).follow(server, before)
                            : reader.read());
            message.address(launch.settings().localIssuer());
            while (true) {
                server.check();
                // A database of somebody else's comes back when its operator lets it.
                if (embedded.filter(database -> !database.isRunning()).isPresent()) {
                    throw new CannotStart(
                            "PostgreSQL ended; its log " + launch.data().shown(DATABASE_LOG) + " says why.");
                }
                stop.pause(Duration.ofSeconds(1));
            }
        } catch (Stopped stopped) {
            launch.terminal().say("\nStopping.");
            throw stopped;
        }
    }

    private EmbeddedDatabase startDatabase() {
        Path folder = launch.data().resolve("postgresql");
        try {
            return EmbeddedDatabase.start(folder.resolve("data"), folder.resolve("work"), 0, true);
        } catch (IOException e) {
            throw new CannotStart(e.getMessage() + ".", e);
        }
    }

    private Optional<SecretKey> secretKey() {
        return launch.settings().secretKey().or(() -> {
            Path file = launch.data().resolve("secret-key");
            try {
                return Optional.of(SecretKey.parse(PrivateFile.readOrCreate(
                        file, () -> SecretKey.generate().base64())));
            } catch (IOException e) {
                throw new CannotStart(file + " can't be read or written.", e);
            }
        });
    }

    /**
     * Makes sure that the port can be opened now.
     *
     * @param port 0 for a free one
     * @return the port
     */
    private static int claim(int port) {
        try (ServerSocket probe = new ServerSocket(port)) {
            return probe.getLocalPort();
        } catch (IOException e) {
            boolean forbidden = String.valueOf(e.getMessage()).contains("denied");
            throw new CannotStart(
                    "%s: port %d %s; choose another, or 0 for a free one."
                            .formatted(
                                    Settings.HTTP_PORT,
                                    port,
                                    forbidden ? "may not be opened by this user" : "is already in use"),
                    e);
        }
    }
}
