package dev.realms.launch;

import static dev.realms.settings.Settings.MigrateAction.MIGRATE;

import dev.realms.launch.Command.CannotStart;
import dev.realms.launch.Command.StopSignal;
import dev.realms.launch.Command.Stopped;
import dev.realms.launch.MigrationProgress.Goal;
import dev.realms.launch.MigrationProgress.Position;
import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.check.Preflight;
import dev.realms.settings.DatabaseUrl;
import dev.realms.settings.Lookup;
import dev.realms.settings.SettingException;
import dev.realms.settings.Settings;
import dev.realms.settings.Settings.MigrateAction;
import java.util.Optional;

/**
 * {@code mvn -Pmigrate}: leads one database where {@code realms.migrate.action} says, with no HTTP port open; exit code 0 once it is there, else
 * 1 with the reason. Usually that is migrated and verified.
 */
public final class MigrateCommand {

    private final Launch launch;
    private final StopSignal stop;
    private final Connector owner;

    private MigrateCommand(Launch launch, StopSignal stop) {
        this.launch = launch;
        this.stop = stop;
        this.owner = Connector.owner(launch.settings().database());
    }

    /** @param arguments the project's folder */
    public static void main(String[] arguments) {
        Command.run(stop -> {
            // What the command was asked for counts, whatever the service is set to.
            Lookup given = Lookup.systemThenEnvironment();
            MigrateAction action = Settings.read(given).migrateAction().orElse(MIGRATE);
            Lookup lookup = name -> name.equals(Settings.MIGRATION_AUTOSTART)
                    ? Optional.of(Boolean.toString(action == MIGRATE))
                    : given.apply(name);
            Settings settings = Launch.settings(lookup);
            if (settings.database().url().isEmpty()) {
                throw new SettingException(DatabaseUrl.NAME + " is missing: name the database to migrate.");
            }
            PreflightAnswers answers = Preflight.answers(settings);
            try (DataDirectory data = DataDirectory.open(settings.dataDirectory(), "migrate")) {
                Launch launch = new Launch(
                        "migrate", Launch.project(arguments), lookup, settings, data, Terminal.ofThisProcess());
                return new MigrateCommand(launch, stop).run(action, answers);
            }
        });
    }

    private int run(MigrateAction action, PreflightAnswers answers) {
        DatabaseExamination examination = new DatabaseExamination(owner, launch.terminal());
        try {
            return switch (action) {
                case PREFLIGHT ->
                    examination.preflight(launch.settings().database().appUser(), answers);
                case VERIFY -> examination.verify();
                case MIGRATE -> lead(Goal.MIGRATED);
                case ROLLBACK -> lead(Goal.ROLLED_BACK);
                case CANCEL_ROLLBACK -> lead(Goal.CALLED_OFF);
                case FINALIZE -> lead(Goal.FINALIZED);
            };
        } catch (Stopped stopped) {
            launch.terminal().say("");
            throw new CannotStart("Interrupted; the next run goes on from here.", stopped);
        }
    }

    private int lead(Goal goal) {
        try (ProgressReader reader = new ProgressReader(owner, goal)) {
            ServerProcess.stopLeftover(launch.root());
            Optional<MigrationProgress> before = reader.read();
            if (before.filter(left -> left.is(Position.REACHED)).isPresent()) {
                launch.terminal()
                        .say("Nothing to do: the database is already "
                                + before.get().state() + ".");
                return 0;
            }
            requireWay(before, goal);
            launch.terminal()
                    .say("%s is to be %s; the log is %s."
                            .formatted(owner.url(), goal.text(), launch.data().shown(launch.log())));
            return lead(goal, reader, before);
        }
    }

    private void requireWay(Optional<MigrationProgress> before, Goal goal) {
        boolean noWay = before.filter(left -> left.is(Position.NO_WAY)).isPresent();
        if (goal == Goal.MIGRATED) {
            // Asked for by name, it leads on from there, too; a pipeline's next run does not.
            boolean again = launch.settings().migrateAction().isPresent()
                    && before.filter(left -> left.state().equals("rolled-back")).isPresent();
            if (noWay && !again) {
                throw new CannotStart(
                        failure(before.get())
                                + " An operator chose that, so an operator has to lead on, through /api/admin/migration of a service.");
            }
        } else if (before.isEmpty() || noWay) {
            throw new CannotStart(before.map(MigrateCommand::failure).orElse("The database has never been migrated.")
                    + " There is no way from here to "
                    + goal.text().replace(' ', '-') + ".");
        }
        if (goal == Goal.FINALIZED) {
            launch.settings().requireSecretKey();
        }
    }

    private int lead(Goal goal, ProgressReader reader, Optional<MigrationProgress> before) {
        // Nothing is sealed before finalize, so nobody has to have a key; a rollback says so when it needs one.
        try (ServerProcess server = launch.start(owner, Optional.empty(), launch.settings()::secretKey)) {
            Optional<MigrationProgress> end =
                    new ProgressMonitor(reader, launch.terminal(), stop).follow(server, before);
            if (end.filter(reached -> reached.is(Position.REACHED)).isEmpty()) {
                reader.findings().forEach(launch.terminal()::say);
                throw new CannotStart(end.map(MigrateCommand::failure)
                        .orElse("It did not begin; see " + launch.data().shown(launch.log()) + "."));
            }
            String state = end.get().state();
            launch.terminal()
                    .say(
                            goal == Goal.MIGRATED && state.equals("migrated")
                                    ? "Migrated and verified."
                                    : "The database is " + state + ".");
            return 0;
        }
    }

    private static String failure(MigrationProgress end) {
        return "The migration is " + end.state()
                + end.reason().map(why -> ": " + why).orElse(".");
    }
}
