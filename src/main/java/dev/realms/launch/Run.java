package dev.realms.launch;

import dev.realms.settings.Lookup;
import dev.realms.settings.PrivateFile;
import dev.realms.settings.SecretKey;
import dev.realms.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** {@code mvn -Prun}: everything from nothing, served until Ctrl-C. */
public final class Run {

    private static final Map<String, String> DEFAULTS =
            Map.of(Settings.SAMPLE_USERS, "1000", Settings.MIGRATION_AUTOSTART, "true", Settings.LOCAL_ISSUER, "true");

    private final Project project;
    private final Settings settings;
    private final StopSignal stop;
    private final Terminal terminal;

    private Run(Project project, Settings settings, StopSignal stop, Terminal terminal) {
        this.project = project;
        this.settings = settings;
        this.stop = stop;
        this.terminal = terminal;
    }

    /** @param arguments the project's folder */
    public static void main(String[] arguments) {
        Command.run(stop -> {
            Settings settings = Launch.settings(Lookup.systemThenEnvironment().orElse(DEFAULTS));
            return new Run(Project.of(arguments), settings, stop, Terminal.ofThisProcess()).run();
        });
    }

    private int run() throws IOException {
        if (Files.notExists(settings.dataDirectory())) {
            // A taken port is told before the folder is made.
            HttpPort.claim(settings.httpPort());
        }
        try (DataDirectory data = DataDirectory.open(settings.dataDirectory(), "run")) {
            Launch launch = new Launch("run", project, settings, data, terminal);
            launch.stopLeftover();
            int port = HttpPort.claim(settings.httpPort());
            serve(launch, port);
        } catch (StopSignal.Stopped stopped) {
            terminal.say("Stopped.");
        }
        return 0;
    }

    private void serve(Launch launch, int port) throws IOException {
        terminal.say(settings.database()
                .url()
                .map(url -> "Using PostgreSQL at " + url + ".")
                .orElse("Starting PostgreSQL."));
        try (TargetDatabase database = TargetDatabase.open(settings.database(), launch.data());
                MigrationBooks books = new MigrationBooks(database.owner(), Goal.MIGRATED)) {
            Optional<MigrationProgress> before = books.read();
            try (ServerProcess server =
                    launch.start(database, Optional.of(port), () -> Optional.of(secretKey(launch.data())))) {
                terminal.say(
                        "Starting Payara Micro; its log is " + launch.data().shown(launch.log()) + ".");
                MigrationWatch watch = new MigrationWatch(books, terminal, stop);
                untilStopped(launch.data(), port, server, database, watch, before);
            }
        }
    }

    private void untilStopped(
            DataDirectory data,
            int port,
            ServerProcess server,
            TargetDatabase database,
            MigrationWatch watch,
            Optional<MigrationProgress> before)
            throws IOException {
        try {
            new Readiness(port).await(server, stop);
            Welcome welcome = new Welcome(terminal, data, port);
            boolean moves = settings.migrationAutostart()
                    && before.filter(MigrationProgress::isShut).isEmpty();
            welcome.state(moves ? watch.follow(server, before) : watch.look());
            welcome.address(settings.localIssuer());
            while (true) {
                server.check();
                database.check();
                stop.pause(Duration.ofSeconds(1));
            }
        } catch (StopSignal.Stopped stopped) {
            terminal.say("\nStopping.");
            throw stopped;
        }
    }

    private SecretKey secretKey(DataDirectory data) {
        return settings.secretKey().orElseGet(() -> {
            try {
                return SecretKey.parse(PrivateFile.readOrCreate(
                        data.resolve("secret-key"), () -> SecretKey.generate().base64()));
            } catch (IOException e) {
                throw new CannotStart(data.resolve("secret-key") + " can't be read or written.", e);
            }
        });
    }
}
