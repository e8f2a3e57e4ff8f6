package dev.realms.migration.control;

import dev.realms.migration.job.RollbackJob;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.Operator;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.OperatedJob;
import dev.realms.ops.OwnerDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The rollback among the other jobs. It is begun by name only; what was begun can be stopped between two steps, and gone on with. */
@ApplicationScoped
class OperatedRollback implements OperatedJob {

    @Inject
    private OwnerDatabase database;

    @Inject
    private RollbackControl control;

    @Override
    public String name() {
        return RollbackJob.NAME;
    }

    @Override
    public boolean canStop() {
        return isIn(MigrationState.ROLLING_BACK);
    }

    @Override
    public boolean canRestart() {
        return isIn(MigrationState.ROLLBACK_FAILED);
    }

    @Override
    public void stop(String actor, long execution) {
        OperatedJob.tellToStop(database, new AuditEntry(actor, "rollback"), execution);
    }

    @Override
    public void restart(String actor) {
        control.start(Operator.of(actor));
    }

    private boolean isIn(MigrationState state) {
        return database.ask(connection -> StateStore.is(connection, state));
    }
}
