package dev.realms.launch;

import dev.realms.launch.Command.CannotStart;
import dev.realms.security.auth.Issuers;
import dev.realms.settings.DatabaseSettings;
import dev.realms.settings.DatabaseUrl;
import dev.realms.settings.Lookup;
import dev.realms.settings.Secret;
import dev.realms.settings.SecretKey;
import dev.realms.settings.SettingException;
import dev.realms.settings.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What both commands do with a database: examine it, make it ready, start the server on it.
 *
 * @param name the command's, for its lock, its server's folder and its log
 * @param project the project's folder
 * @param lookup where the settings come from; the server gets all that it has
 */
record Launch(String name, Path project, Lookup lookup, Settings settings, DataDirectory data, Terminal terminal) {

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

    /** @param arguments of the command: the project's folder */
    static Path project(String[] arguments) {
        return Path.of(arguments.length == 0 ? "" : arguments[0]).toAbsolutePath();
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
    ServerProcess start(Connector owner, Optional<Integer> port, Supplier<Optional<SecretKey>> key) {
        Optional<Secret> appPassword = prepare(owner);
        Map<String, String> environment = environment(owner, appPassword);
        key.get().ifPresent(some -> set(environment, SecretKey.NAME, some.base64()));
        set(environment, Settings.SERVING, Boolean.toString(port.isPresent()));
        return ServerProcess.start(
                new ServerCommand(project, root(), port), environment, data.resolve(log()), terminal);
    }

    private Optional<Secret> prepare(Connector owner) {
        try (Connection connection = owner.open()) {
            boolean empty = DatabaseExamination.isEmpty(owner, connection);
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

    /** What the WAR and the datasources read: what is set, and what was found out; it is laid over the environment of this process. */
    private Map<String, String> environment(Connector owner, Optional<Secret> appPassword) {
        Map<String, String> environment = new HashMap<>();
        Settings.NAMES.forEach(name -> lookup.apply(name).ifPresent(text -> set(environment, name, text)));
        Optional<DatabaseUrl> appUrl = settings.database().appUrl();
        set(environment, DatabaseUrl.NAME, owner.url());
        set(
                environment,
                DatabaseUrl.APP_NAME,
                appUrl.map(DatabaseUrl::withoutCredentials).orElse(owner.url()));
        set(environment, DatabaseSettings.OWNER_USER, owner.user());
        set(environment, DatabaseSettings.OWNER_PASSWORD, revealed(owner.password()));
        set(environment, DatabaseSettings.APP_USER, settings.database().appUser());
        set(environment, DatabaseSettings.APP_PASSWORD, revealed(appPassword));
        set(environment, Settings.DATA_DIRECTORY, data.path().toString());
        return environment;
    }

    private static String revealed(Optional<Secret> password) {
        return password.map(Secret::reveal).orElse("");
    }

    private static void set(Map<String, String> environment, String name, String text) {
        environment.put(Lookup.environmentName(name), text);
    }
}
