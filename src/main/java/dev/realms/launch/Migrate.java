package dev.realms.launch;

import static dev.realms.settings.MigrateAction.MIGRATE;

import dev.realms.migration.answer.Answers;
import dev.realms.migration.check.Preflight;
import dev.realms.settings.DatabaseUrl;
import dev.realms.settings.Lookup;
import dev.realms.settings.SettingException;
import dev.realms.settings.Settings;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code mvn -Pmigrate}: leads one database where {@code realms.migrate.action} says, with no HTTP port open; exit code 0 once it is there, else
 * 1 with the reason. Usually that is migrated and verified.
 */
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
            // What the command was asked for counts, whatever the service is set to.
            Lookup given = Lookup.systemThenEnvironment();
            boolean migrates = Settings.read(given).migrateAction().orElse(MIGRATE) == MIGRATE;
            Lookup lookup = name -> name.equals(Settings.MIGRATION_AUTOSTART)
                    ? Optional.of(Boolean.toString(migrates))
                    : given.apply(name);
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
                TargetDatabase database = TargetDatabase.open(settings.database(), data)) {
            Examination examination = new Examination(database.owner(), terminal);
            return switch (settings.migrateAction().orElse(MIGRATE)) {
                case PREFLIGHT -> examination.preflight(answers);
                case VERIFY -> examination.verify();
                case MIGRATE -> lead(data, database, Goal.MIGRATED);
                case ROLLBACK -> lead(data, database, Goal.ROLLED_BACK);
                case CANCEL_ROLLBACK -> lead(data, database, Goal.CALLED_OFF);
                case FINALIZE -> lead(data, database, Goal.FINALIZED);
            };
        } catch (StopSignal.Stopped stopped) {
            terminal.say("");
            throw new CannotStart("Interrupted; the next run goes on from here.", stopped);
        }
    }

    private int lead(DataDirectory data, TargetDatabase database, Goal goal) throws IOException {
        try (MigrationBooks books = new MigrationBooks(database.owner(), goal)) {
            Launch launch = new Launch("migrate", project, settings, data, terminal);
            launch.stopLeftover();
            Optional<MigrationProgress> before = books.read();
            if (before.filter(MigrationProgress::isReached).isPresent()) {
                terminal.say(
                        "Nothing to do: the database is already " + before.get().state() + ".");
                return 0;
            }
            requireWay(before, goal);
            terminal.say(database.owner().url() + " is to be "
                    + goal.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "; the log is "
                    + data.shown(launch.log()) + ".");
            return lead(launch, database, books, before);
        }
    }

    private void requireWay(Optional<MigrationProgress> before, Goal goal) {
        if (goal == Goal.MIGRATED) {
            // Asked for by name, it leads on from there, too; a pipeline's next run does not.
            boolean again = settings.migrateAction().isPresent()
                    && before.filter(left -> left.state().equals("rolled-back")).isPresent();
            if (!again && before.filter(MigrationProgress::isShut).isPresent()) {
                throw new CannotStart(
                        failure(before.get())
                                + " An operator chose that, so an operator has to lead on, through /api/admin/migration of a service.");
            }
        } else if (before.isEmpty() || before.get().isShut()) {
            throw new CannotStart(before.map(Migrate::failure).orElse("The database has never been migrated.")
                    + " There is no way from here to "
                    + goal.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".");
        }
        if (goal == Goal.FINALIZED) {
            settings.requireSecretKey();
        }
    }

    private int lead(Launch launch, TargetDatabase database, MigrationBooks books, Optional<MigrationProgress> before)
            throws IOException {
        // Nothing is sealed before finalize, so nobody has to have a key; a rollback says so when it needs one.
        try (ServerProcess server = launch.start(database, Optional.empty(), settings::secretKey)) {
            Optional<MigrationProgress> end = new MigrationWatch(books, terminal, stop).follow(server, before);
            if (end.filter(MigrationProgress::isReached).isEmpty()) {
                books.findings().forEach(terminal::say);
                throw new CannotStart(end.map(Migrate::failure)
                        .orElse("It did not begin; see " + launch.data().shown(launch.log()) + "."));
            }
            terminal.say(
                    end.get().goal() == Goal.MIGRATED && end.get().state().equals("migrated")
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
