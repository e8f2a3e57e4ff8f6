package dev.realms.migration.finalize;

import dev.realms.migration.catalogue.TriggerSuspension;
import dev.realms.migration.check.Preflight;
import dev.realms.migration.check.VerificationReport;
import dev.realms.migration.schema.OldViews;
import dev.realms.migration.schema.StageRun;
import dev.realms.migration.state.MigrationAct;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.Operator;
import dev.realms.migration.state.RequestedAct;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.ExclusiveJob;
import dev.realms.ops.ExclusiveRun;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.PendingStarts;
import dev.realms.ops.SavedReports;
import dev.realms.realm.isolation.probe.IsolationProbe;
import dev.realms.security.secret.SecretBox;
import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.security.secret.StoredCredentials;
import dev.realms.sql.Sql;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Ends the way back. A last verification comes first; from then on, {@code finalizing_since} in the state says that there is none, and
 * whatever breaks the work off, asking again goes on with it. The state is moved last.
 */
@ApplicationScoped
public class Finalization extends ExclusiveJob {

    private static final String NAME_OF_REALMS = "pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace"
            + " WHERE relname = 'realms' AND nspname = (SELECT schema_name FROM migration.origin)";

    private static final String ACT = "finalize";
    private static final String NO_KEY = "This node has no key to seal credentials with (realms.secret-key).";
    private static final String JOB = "finalize-realms";

    private OwnerDatabase database;
    private SecretBox box;
    private IsolationProbe probe;

    Finalization() {}

    @Inject
    Finalization(OwnerDatabase database, PendingStarts pending, SecretBox box, IsolationProbe probe) {
        super(database, pending, JOB, 0x5265616c6d733046L);
        this.database = database;
        this.box = box;
        this.probe = probe;
    }

    /** Changes nothing. */
    FinalizationView preview() {
        return database.ask(connection -> {
            // Before all else: what it says to have ended has ended in everything that is read after it.
            Optional<ExclusiveRun> last = lastRun(connection);
            // After a rollback the tables are where they were, with nothing of ours.
            boolean ours = Preflight.isExpanded(connection);
            return FinalizationView.of(
                    obstacle(connection, box),
                    StateStore.read(connection).finalizingSince(),
                    ours ? PlainApiKeys.count(connection) : 0,
                    ours ? StoredCredentials.countPlain(connection) : 0,
                    DroppedObjects.tables(connection),
                    DroppedObjects.triggers(connection),
                    last);
        });
    }

    /**
     * To be called outside any transaction, because a job may not be started inside one.
     *
     * @param views whether views that show realms are to stand under the old names; once asked for, they are made
     * @throws DomainException {@code wrong-state} in any state but {@code migrated}, when one is under way, and when a name of a view is
     *     taken; {@code stale}
     */
    public void start(Operator operator, boolean views) {
        RequestedAct act = new RequestedAct(MigrationAct.FINALIZE, operator);
        database.ask(connection -> {
            act.require(connection);
            Optional<String> inUse = OldViews.obstacle(connection);
            if (inUse.isPresent()) {
                throw act.refusal(connection, "views in use", ProblemType.WRONG_STATE, inUse.get());
            }
            if (views && Sql.exists(connection, NAME_OF_REALMS)) {
                throw act.refusal(
                        connection,
                        "name taken",
                        ProblemType.WRONG_STATE,
                        "The name realms is taken in the schema of the old application: no view can show realms there.");
            }
            if (lacksKey(connection, box)) {
                throw act.refusal(connection, "no key", ProblemType.WRONG_STATE, NO_KEY);
            }
            if (views) {
                Sql.execute(connection, "UPDATE migration.origin SET realm_views = true");
            }
            return null;
        });
        super.start(operator.actor());
    }

    /** Without views, but for those that were asked for already. */
    public void start(Operator operator) {
        start(operator, false);
    }

    @Override
    public void start(String actor) {
        start(Operator.of(actor));
    }

    /** What was not confirmed by name is not begun here. */
    @Override
    public boolean canRestart() {
        return super.canRestart()
                && database.ask(
                        connection -> hasBegun(connection) && StateStore.is(connection, MigrationState.MIGRATED));
    }

    /** The application server's own tools can go on with what was confirmed, and confirm nothing themselves. */
    @Override
    public String run(String claimed, BooleanSupplier stopped) throws Exception {
        boolean confirmed = claimed != null && !claimed.isEmpty() || database.ask(Finalization::hasBegun);
        if (!confirmed) {
            database.ask(connection -> {
                AuditEntry.bySystem(ACT).write(connection, "refused");
                return null;
            });
            return "not confirmed";
        }
        return super.run(claimed, stopped);
    }

    /** What is left to hash, seal and drop is asked of the data. */
    @Override
    protected Outcome work(ActiveRun run) throws SQLException {
        Outcome outcome = finish(run, box);
        probe.look();
        return outcome;
    }

    static Outcome finish(ActiveRun run, SecretBox box) throws SQLException {
        Connection connection = run.connection();
        Optional<String> obstacle = obstacle(connection, box);
        if (obstacle.isPresent()) {
            throw new IllegalStateException(obstacle.get());
        }
        if (!hasBegun(connection)) {
            run.advance("verifying", 0, 0);
            requireVerified(connection);
            StateStore.beginFinalizing(connection);
        }
        long plainKeys = PlainApiKeys.count(connection);
        long keys = PlainApiKeys.hash(connection, done -> run.advance("hashing keys", done, plainKeys));
        long plainCredentials = StoredCredentials.countPlain(connection);
        long credentials = StoredCredentials.sealPlain(
                        connection, box, done -> run.advance("sealing credentials", done, plainCredentials))
                .changed();
        TriggerSuspension.resume(connection);
        run.advance("dropping what is not needed any more", 0, 0);
        StageRun.finalization(run.database().dataSource()).run(() -> false);
        // What the old application wrote until its views went.
        keys += PlainApiKeys.hash(connection, done -> {});
        credentials += StoredCredentials.sealPlain(connection, box, done -> {}).changed();
        StateStore.move(
                connection, Set.of(MigrationState.MIGRATED), MigrationState.FINALIZED, null, AuditEntry.bySystem(ACT));
        return new Outcome(
                MigrationState.FINALIZED.text(),
                Json.createObjectBuilder()
                        .add("keysHashed", keys)
                        .add("credentialsSealed", credentials)
                        .build());
    }

    /** What is about to be dropped is what a loss would be found by. */
    private static void requireVerified(Connection connection) throws SQLException {
        VerificationReport report = VerificationReport.of(connection);
        SavedReports.save(connection, "verification", report.passed(), report);
        if (!report.passed()) {
            throw new IllegalStateException(report.sentence());
        }
    }

    private static Optional<String> obstacle(Connection connection, SecretBox box) throws SQLException {
        MigrationState state = StateStore.read(connection).state();
        if (!MigrationAct.FINALIZE.isAllowedIn(state)) {
            return Optional.of("The migration is %s: it can't %s.".formatted(state.text(), ACT));
        }
        return lacksKey(connection, box) ? Optional.of(NO_KEY) : OldViews.obstacle(connection);
    }

    private static boolean lacksKey(Connection connection, SecretBox box) throws SQLException {
        return StoredCredentials.countPlain(connection) > 0 && !canSeal(box);
    }

    private static boolean hasBegun(Connection connection) throws SQLException {
        return StateStore.read(connection).finalizingSince() != null;
    }

    private static boolean canSeal(SecretBox box) {
        try {
            box.seal("", new AssociatedData(""));
            return true;
        } catch (IllegalStateException noKey) {
            return false;
        }
    }
}
