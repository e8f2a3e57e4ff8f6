package dev.realms.migration.control;

import static dev.realms.migration.state.MigrationState.EXPANDED;
import static dev.realms.migration.state.MigrationState.FAILED;
import static dev.realms.migration.state.MigrationState.MIGRATED;
import static dev.realms.migration.state.MigrationState.PAUSED;
import static dev.realms.migration.state.MigrationState.ROLLBACK_FAILED;
import static dev.realms.migration.state.MigrationState.ROLLING_BACK;
import static dev.realms.migration.state.MigrationState.RUNNING;
import static dev.realms.migration.state.MigrationState.STOPPED;
import static dev.realms.migration.state.MigrationState.VERIFYING;

import dev.realms.migration.check.Differences;
import dev.realms.migration.job.RollbackJob;
import dev.realms.migration.job.RollbackWatch;
import dev.realms.migration.rollback.Rollback;
import dev.realms.migration.rollback.Rollback.CannotRollBack;
import dev.realms.migration.rollback.RollbackCancellation;
import dev.realms.migration.rollback.RollbackPreview;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.Operator;
import dev.realms.migration.state.RunnerLease;
import dev.realms.migration.state.StateStore;
import dev.realms.migration.state.WayBack;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.LockedSession;
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
import java.util.Set;

/** The way back, as operators ask for it. To be called outside any transaction, because a job may not be started inside one. */
@ApplicationScoped
public class RollbackControl {

    public static final Set<MigrationState> FROM =
            Set.of(EXPANDED, RUNNING, PAUSED, STOPPED, FAILED, VERIFYING, MIGRATED, ROLLBACK_FAILED);

    public static final Set<MigrationState> CANCELLABLE = Set.of(ROLLBACK_FAILED);

    @Inject
    private OwnerDatabase database;

    @Inject
    private PendingStarts pending;

    @Inject
    private SecretBox box;

    @Inject
    private MigrationControl migration;

    @Inject
    private WayBack wayBack;

    @Inject
    private IsolationProbe probe;

    /** @throws DomainException {@code wrong-state} where there is no way back, or the database is on it */
    RollbackPreview preview() {
        return database.ask(connection -> {
            MigrationState state = StateStore.read(connection).state();
            if (!FROM.contains(state) || !Rollback.hasRealms(connection)) {
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
        AuditEntry entry = new AuditEntry(operator.actor(), "rollback");
        database.ask(connection -> {
            MigrationControl.require(connection, FROM, operator, entry);
            Differences.accept(connection, operator.actor(), accepted);
            Optional<String> obstacle = Rollback.obstacle(connection, box);
            if (obstacle.isPresent()) {
                entry.write(connection, "refused: findings");
                throw new DomainException(ProblemType.PREFLIGHT_FINDINGS, obstacle.get());
            }
            return null;
        });
        pending.start(
                RunnerLease.PENDING,
                connection -> {
                    if (!move(connection, operator, entry)) {
                        throw MigrationControl.refusal(connection, operator, entry);
                    }
                    return true;
                },
                () -> RollbackJob.start(database));
    }

    /**
     * Calls off a rollback that failed before it dropped anything or undid an answer: back to {@code migrated}, where it came from
     * there, else to {@code stopped}.
     *
     * @throws DomainException {@code wrong-state}
     */
    void cancel(Operator operator) {
        AuditEntry entry = new AuditEntry(operator.actor(), "cancel-rollback");
        migration.awaitEnd(entry.act());
        database.ask(connection -> {
            Optional<LockedSession> lease = LockedSession.open(database, RunnerLease.KEY);
            if (lease.isEmpty()) {
                throw MigrationControl.refusal(connection, operator, entry);
            }
            try (LockedSession held = lease.get()) {
                cancel(held.connection(), operator, entry);
            }
            return null;
        });
        wayBack.askAgain();
        probe.look();
    }

    private void cancel(Connection connection, Operator operator, AuditEntry entry) throws SQLException {
        MigrationControl.require(connection, CANCELLABLE, operator, entry);
        boolean wasMigrated = StateStore.cameFrom(connection).equals(Optional.of(MIGRATED));
        try {
            RollbackCancellation.bringDataBack(connection, box, wasMigrated);
        } catch (CannotRollBack begun) {
            entry.write(connection, "refused: begun");
            throw new DomainException(ProblemType.WRONG_STATE, begun.getMessage());
        }
        boolean moved = Transactions.run(connection, transaction -> {
            boolean won = StateStore.move(
                    transaction,
                    CANCELLABLE,
                    operator.seen(),
                    wasMigrated ? MIGRATED : STOPPED,
                    wasMigrated ? null : "The rollback was called off.",
                    entry);
            if (won) {
                RollbackCancellation.openRealms(transaction);
                new RollbackWatch(transaction, () -> false).reset();
            }
            return won;
        });
        if (!moved) {
            throw MigrationControl.refusal(connection, operator, entry);
        }
    }

    /** The database itself knows when there is no way back any more, although the state does not say so yet. */
    private static boolean move(Connection connection, Operator operator, AuditEntry entry) throws SQLException {
        try {
            return StateStore.move(connection, FROM, operator.seen(), ROLLING_BACK, null, entry);
        } catch (SQLException refused) {
            if (!SqlStates.CHECK_VIOLATION.equals(refused.getSQLState())) {
                throw refused;
            }
            entry.write(connection, "refused: finalizing");
            throw new DomainException(ProblemType.WRONG_STATE, "The finalization has begun: there is no way back.");
        }
    }
}
