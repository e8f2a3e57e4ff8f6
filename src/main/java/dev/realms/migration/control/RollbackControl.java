package dev.realms.migration.control;

import static dev.realms.migration.state.MigrationState.MIGRATED;
import static dev.realms.migration.state.MigrationState.ROLLBACK_FAILED;
import static dev.realms.migration.state.MigrationState.ROLLING_BACK;
import static dev.realms.migration.state.MigrationState.STOPPED;

import dev.realms.migration.check.Differences;
import dev.realms.migration.job.LeasedJob;
import dev.realms.migration.job.RollbackProgress;
import dev.realms.migration.rollback.Rollback;
import dev.realms.migration.rollback.Rollback.CannotRollBack;
import dev.realms.migration.rollback.RollbackCancellation;
import dev.realms.migration.rollback.RollbackPreview;
import dev.realms.migration.state.MigrationAct;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.Operator;
import dev.realms.migration.state.RequestedAct;
import dev.realms.migration.state.RollbackStatus;
import dev.realms.migration.state.RunnerLease;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.LockedSession;
import dev.realms.ops.OperatedJob;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.PendingStarts;
import dev.realms.ops.Transactions;
import dev.realms.realm.isolation.probe.IsolationProbe;
import dev.realms.security.secret.SecretBox;
import dev.realms.sql.SqlStates;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The way back, as operators ask for it. It is begun by name only; what was begun can be stopped between two steps, and gone on with. To
 * be called outside any transaction, because a job may not be started inside one.
 */
@ApplicationScoped
public class RollbackControl implements OperatedJob {

    @Inject
    private OwnerDatabase database;

    @Inject
    private PendingStarts pending;

    @Inject
    private SecretBox box;

    @Inject
    private RollbackStatus wayBack;

    @Inject
    private IsolationProbe probe;

    /** @throws DomainException {@code wrong-state} where there is no way back, or the database is on it */
    RollbackPreview preview() {
        return database.ask(connection -> {
            MigrationState state = StateStore.read(connection).state();
            if (!MigrationAct.ROLLBACK.isAllowedIn(state) || !Rollback.hasRealms(connection)) {
                throw new DomainException(
                        ProblemType.WRONG_STATE,
                        "The migration is %s: there is nothing to be seen of a rollback.".formatted(state.text()));
            }
            return RollbackPreview.of(connection, box);
        });
    }

    void start(Operator operator) {
        start(operator, List.of());
    }

    /**
     * All that can be known is asked before anything is closed or changed.
     *
     * @param accepted differences, as {@link Differences#accept}
     * @throws DomainException {@code wrong-state}, or {@code preflight-findings} when something gets in the way
     */
    void start(Operator operator, List<String> accepted) {
        RequestedAct rollback = new RequestedAct(MigrationAct.ROLLBACK, operator);
        database.ask(connection -> {
            rollback.require(connection);
            Differences.accept(connection, operator.actor(), accepted);
            Optional<String> obstacle = Rollback.obstacle(connection, box);
            if (obstacle.isPresent()) {
                throw rollback.refusal(connection, "findings", ProblemType.PREFLIGHT_FINDINGS, obstacle.get());
            }
            return null;
        });
        LeasedJob.ROLLBACK.start(database, pending, connection -> move(connection, rollback));
    }

    /** The database itself knows when there is no way back any more, although the state does not say so yet. */
    private static boolean move(Connection connection, RequestedAct rollback) throws SQLException {
        try {
            return rollback.move(connection, ROLLING_BACK);
        } catch (SQLException refused) {
            if (!SqlStates.CHECK_VIOLATION.equals(refused.getSQLState())) {
                throw refused;
            }
            throw rollback.refusal(
                    connection,
                    "finalizing",
                    ProblemType.WRONG_STATE,
                    "The finalization has begun: there is no way back.");
        }
    }

    /**
     * Calls off a rollback that failed before it dropped anything or undid an answer: back to {@code migrated}, where it came from
     * there, else to {@code stopped}.
     *
     * @throws DomainException {@code wrong-state}
     */
    void cancel(Operator operator) {
        RequestedAct cancel = new RequestedAct(MigrationAct.CANCEL_ROLLBACK, operator);
        cancel.awaitEndOfExecution(database);
        database.ask(connection -> {
            Optional<LockedSession> lease = LockedSession.open(database, RunnerLease.KEY);
            if (lease.isEmpty()) {
                throw cancel.refusal(connection);
            }
            try (LockedSession held = lease.get()) {
                cancel(held.connection(), cancel);
            }
            return null;
        });
        wayBack.askAgain();
        probe.look();
    }

    private void cancel(Connection connection, RequestedAct cancel) throws SQLException {
        cancel.require(connection);
        boolean wasMigrated = StateStore.cameFrom(connection).equals(Optional.of(MIGRATED));
        try {
            RollbackCancellation.bringDataBack(connection, box);
        } catch (CannotRollBack begun) {
            throw cancel.refusal(connection, "begun", ProblemType.WRONG_STATE, begun.getMessage());
        }
        boolean moved = Transactions.run(connection, transaction -> {
            boolean won = cancel.moves(
                    transaction, wasMigrated ? MIGRATED : STOPPED, wasMigrated ? null : "The rollback was called off.");
            if (won) {
                RollbackCancellation.openRealms(transaction);
                new RollbackProgress(transaction, () -> false).reset();
            }
            return won;
        });
        if (!moved) {
            throw cancel.refusal(connection);
        }
    }

    @Override
    public String name() {
        return LeasedJob.ROLLBACK.id();
    }

    @Override
    public boolean canStop() {
        return isIn(ROLLING_BACK);
    }

    @Override
    public boolean canRestart() {
        return isIn(ROLLBACK_FAILED);
    }

    @Override
    public void stop(String actor, long execution) {
        OperatedJob.tellToStop(database, new AuditEntry(actor, MigrationAct.ROLLBACK.text()), execution);
    }

    @Override
    public void restart(String actor) {
        start(Operator.of(actor));
    }

    private boolean isIn(MigrationState state) {
        return database.ask(connection -> StateStore.is(connection, state));
    }
}
