package dev.realms.launch;

import dev.realms.migration.answer.Answers;
import dev.realms.migration.check.Preflight;
import dev.realms.settings.DatabaseUrl;
import dev.realms.settings.Lookup;
import dev.realms.settings.SettingException;
import dev.realms.settings.Settings;
import java.io.IOException;
import java.util.Optional;

/** {@code mvn -Pmigrate}: migrates one database with no HTTP port open; exit code 0 once it is migrated and verified, else 1. */
public final class Migrate {

    private final Project project;
    private final Settings settings;
    private final StopSignal stop;
    private final Terminal terminal;

    private Migrate(Project project, Settings settings, StopSignal stop, Terminal terminal) {
        this.project = project;
        this.settings = settings;
        this.stop = stop;
        this.terminal = terminal;
    }

    /** @param arguments the project's folder */
    public static void main(String[] arguments) {
        Command.run(stop -> {
            // Migrating is what the command was asked for, whatever the service is set to.
            Lookup given = Lookup.systemThenEnvironment();
            Lookup lookup = name -> name.equals(Settings.MIGRATION_AUTOSTART) ? Optional.of("true") : given.apply(name);
            Settings settings = Launch.settings(lookup);
            return new Migrate(Project.of(arguments), settings, stop, Terminal.ofThisProcess()).run();
        });
    }

    private int run() throws IOException {
        if (settings.database().url().isEmpty()) {
            throw new SettingException(DatabaseUrl.NAME + " is missing: name the database to migrate.");
        }
        Answers answers = Preflight.answers(settings);
        try (DataDirectory data = DataDirectory.open(settings.dataDirectory(), "migrate");
                TargetDatabase database = TargetDatabase.open(settings.database(), data);
                MigrationBooks books = new MigrationBooks(database.owner())) {
            switch (settings.migrateAction()) {
                case PREFLIGHT -> {
                    return new Examination(database.owner(), terminal).preflight(answers);
                }
                case VERIFY -> {
                    return new Examination(database.owner(), terminal).verify();
                }
                default -> {}
            }
            Launch launch = new Launch("migrate", project, settings, data, terminal);
            launch.stopLeftover();
            Optional<MigrationProgress> before = books.read();
            if (before.filter(MigrationProgress::isReached).isPresent()) {
                terminal.say(
                        "Nothing to do: the database is already " + before.get().state() + ".");
                return 0;
            }
            if (before.filter(MigrationProgress::isParked).isPresent()) {
                throw new CannotStart(
                        failure(before.get())
                                + " An operator chose that, so an operator has to lead on, through /api/admin/migration of a service.");
            }
            terminal.say("Migrating " + database.owner().url() + "; the log is " + data.shown(launch.log()) + ".");
            return migrate(launch, database, books, before);
        } catch (StopSignal.Stopped stopped) {
            terminal.say("");
            throw new CannotStart("Interrupted; the next run goes on from here.", stopped);
        }
    }

    private int migrate(
            Launch launch, TargetDatabase database, MigrationBooks books, Optional<MigrationProgress> before)
            throws IOException {
        // Nothing is encrypted before finalize, so nobody has to have a key.
        try (ServerProcess server = launch.start(database, Optional.empty(), settings::secretKey)) {
            Optional<MigrationProgress> end = new MigrationWatch(books, terminal, stop).follow(server, before);
            if (end.filter(MigrationProgress::isReached).isEmpty()) {
                books.findings().forEach(terminal::say);
                throw new CannotStart(end.map(Migrate::failure)
                        .orElse("The migration did not begin; see "
                                + launch.data().shown(launch.log()) + "."));
            }
            boolean migrated = end.get().state().equals("migrated");
            terminal.say(
                    migrated
                            ? "Migrated and verified."
                            : "The database is " + end.get().state() + ".");
            return 0;
        }
    }

    private static String failure(MigrationProgress end) {
        return "The migration is " + end.state()
                + end.reason().map(why -> ": " + why).orElse(".");
    }
}
