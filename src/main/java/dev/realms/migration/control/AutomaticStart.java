package dev.realms.migration.control;

import static dev.realms.migration.state.MigrationState.ROLLBACK_FAILED;
import static dev.realms.migration.state.MigrationState.ROLLED_BACK;
import static dev.realms.migration.state.MigrationState.ROLLING_BACK;
import static dev.realms.migration.state.MigrationState.RUNNING;
import static dev.realms.migration.state.MigrationState.STOPPED;

import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.job.LeasedJob;
import dev.realms.migration.state.MigrationAct;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.RunnerLease;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.PendingStarts;
import dev.realms.ops.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** What a node does with nobody asking. To be called outside any transaction, because a job may not be started inside one. */
@ApplicationScoped
class AutomaticStart {

    @Inject
    private OwnerDatabase database;

    @Inject
    private PendingStarts pending;

    @Inject
    private RunnerLease lease;

    /**
     * At a node's start: what an operator would have to ask for, unless one chose otherwise.
     *
     * @param answers none: those that were given before go on to hold
     * @param asked an operator wants it by name, after a rollback too
     */
    void start(PreflightAnswers answers, boolean asked) {
        Set<MigrationState> from = new HashSet<>(MigrationAct.START.from());
        if (!asked) {
            from.remove(ROLLED_BACK);
        }
        AuditEntry entry = new AuditEntry(AuditEntry.SYSTEM, "autostart", answers.json());
        LeasedJob.MIGRATION.start(
                database,
                pending,
                connection -> Transactions.runPatiently(connection, transaction -> {
                    boolean won = StateStore.move(transaction, from, RUNNING, null, entry);
                    if (won && !answers.byFinding().isEmpty()) {
                        answers.write(transaction);
                    }
                    return won;
                }));
    }

    /** Nobody runs what the state says is under way: its node or its database went away. */
    void takeUp(boolean goOn) {
        boolean goesOn = LeasedJob.MIGRATION.start(
                database, pending, connection -> takeUp(connection, MigrationState.UNDER_WAY, STOPPED, RUNNING, goOn));
        if (!goesOn) {
            LeasedJob.ROLLBACK.start(
                    database,
                    pending,
                    connection -> takeUp(connection, Set.of(ROLLING_BACK), ROLLBACK_FAILED, ROLLING_BACK, goOn));
        }
    }

    /** In one transaction: whoever watches from outside takes a stop in between for the end. */
    private boolean takeUp(
            Connection connection,
            Set<MigrationState> underWay,
            MigrationState left,
            MigrationState again,
            boolean goOn)
            throws SQLException {
        String gone = lease.loss().orElse("The node that ran the migration went away.");
        AuditEntry entry = AuditEntry.bySystem("take-up");
        return Transactions.run(
                connection,
                transaction -> StateStore.move(transaction, underWay, left, gone, entry)
                        && goOn
                        && StateStore.move(transaction, Set.of(left), again, null, entry));
    }
}
