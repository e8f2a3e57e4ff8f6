package dev.realms.migration;

import static dev.realms.migration.MigrationState.EXPANDED;
import static dev.realms.migration.MigrationState.FAILED;
import static dev.realms.migration.MigrationState.MIGRATED;
import static dev.realms.migration.MigrationState.PAUSED;
import static dev.realms.migration.MigrationState.ROLLBACK_FAILED;
import static dev.realms.migration.MigrationState.ROLLING_BACK;
import static dev.realms.migration.MigrationState.RUNNING;
import static dev.realms.migration.MigrationState.STOPPED;
import static dev.realms.migration.MigrationState.VERIFYING;

import dev.realms.migration.rollback.Restore;
import dev.realms.migration.rollback.RollbackPreview;
import dev.realms.owner.AuditEntry;
import dev.realms.owner.OwnerDatabase;
import dev.realms.problem.DomainException;
import dev.realms.problem.ProblemType;
import dev.realms.secret.SecretBox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** The way back, as operators ask for it. To be called outside any transaction, because a job may not be started inside one. */
@ApplicationScoped
class RollbackControl {

    private static final Set<MigrationState> FROM =
            Set.of(EXPANDED, RUNNING, PAUSED, STOPPED, FAILED, VERIFYING, MIGRATED, ROLLBACK_FAILED);

    private static final String CHECK_VIOLATION = "23514";

    @Inject
    private OwnerDatabase database;

    @Inject
    private SecretBox box;

    /** @throws DomainException {@code wrong-state} where there is no way back, or the database is on it */
    RollbackPreview preview() {
        return database.ask(connection -> {
            MigrationState state = StateStore.read(connection).state();
            if (!FROM.contains(state) || Restore.isDue(connection)) {
                throw new DomainException(
                        ProblemType.WRONG_STATE,
                        "The migration is %s: there is nothing to be seen of a rollback.".formatted(state.text()));
            }
            return RollbackPreview.of(connection, box);
        });
    }

    /** @throws DomainException {@code wrong-state} */
    void start(Operator operator) {
        AuditEntry entry = new AuditEntry(operator.actor(), "rollback");
        database.ask(connection -> {
            if (!move(connection, operator, entry)) {
                throw MigrationControl.refusal(connection, operator, entry);
            }
            return null;
        });
        RollbackJob.start(database);
    }

    /** The database itself knows when there is no way back any more, although the state does not say so yet. */
    private static boolean move(Connection connection, Operator operator, AuditEntry entry) throws SQLException {
        try {
            return StateStore.move(connection, FROM, operator.seen(), ROLLING_BACK, null, entry);
        } catch (SQLException refused) {
            if (!CHECK_VIOLATION.equals(refused.getSQLState())) {
                throw refused;
            }
            entry.write(connection, "refused: finalizing");
            throw new DomainException(ProblemType.WRONG_STATE, "The finalization has begun: there is no way back.");
        }
    }
}
