package dev.realms.launch;

import dev.realms.security.auth.Issuers;
import dev.realms.settings.Lookup;
import dev.realms.settings.Secret;
import dev.realms.settings.SecretKey;
import dev.realms.settings.SettingException;
import dev.realms.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What both commands do with a database: examine it, make it ready, start the server on it.
 *
 * @param name the command's, for its lock, its server's folder and its log
 */
record Launch(String name, Project project, Settings settings, DataDirectory data, Terminal terminal) {

    /**
     * Reads and checks what the operator set, also what only the application uses: told here, nothing has been changed yet.
     *
     * @throws SettingException for the first setting that is wrong
     */
    static Settings settings(Lookup lookup) {
        Settings.requireKnown(System.getProperties().stringPropertyNames());
        Settings settings = Settings.read(lookup);
        Issuers.of(settings, Optional.empty());
        return settings;
    }

    /** The server's own folder. */
    Path root() {
        return data.resolve("payara-" + name);
    }

    /** Also where the operator is told to look. */
    String log() {
        return name.equals("run") ? "logs/server.log" : "logs/" + name + ".log";
    }

    /**
     * Prepares the database and starts the server.
     *
     * @param port empty: with no HTTP port open
     * @param key what encrypts credentials; asked for once the database is found good
     */
    ServerProcess start(TargetDatabase database, Optional<Integer> port, Supplier<Optional<SecretKey>> key) {
        Optional<Secret> appPassword = prepare(database.owner());
        return ServerProcess.start(
                new ServerCommand(project, root(), port),
                ServerCommand.environment(
                        settings, database.owner(), appPassword, port.isPresent(), key.get(), data.path()),
                data.resolve(log()));
    }

    /** Before the data directory is used: a server that a killed command left would hold the port and the folder. */
    void stopLeftover() {
        try {
            ServerProcess.stopLeftover(root());
        } catch (IOException e) {
            throw new CannotStart("The server that was left running can't be stopped: " + e.getMessage() + ".", e);
        }
    }

    private Optional<Secret> prepare(Connector owner) {
        try (Connection connection = owner.open()) {
            boolean empty = new DatabaseCheck(owner).run(connection);
            Optional<Secret> password =
                    new RuntimeRole(settings.database(), data.resolve("app-password")).prepare(connection, owner);
            if (empty && settings.sampleUsers() > 0) {
                loadSample(connection);
            }
            return password;
        } catch (SQLException e) {
            throw new CannotStart("The database can't be prepared (" + Connector.message(e) + ").", e);
        }
    }

    private void loadSample(Connection connection) throws SQLException {
        long start = System.nanoTime();
        long rows = SampleData.load(connection, settings.sampleUsers());
        terminal.say(String.format(
                Locale.ROOT,
                "Loaded %,d sample users in the pre-realm shape: %,d rows in %.1f s.",
                settings.sampleUsers(),
                rows,
                (System.nanoTime() - start) / 1e9));
    }
}
