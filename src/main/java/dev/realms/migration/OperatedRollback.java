package dev.realms.migration;

import dev.realms.owner.AuditEntry;
import dev.realms.owner.Executions;
import dev.realms.owner.OperatedJob;
import dev.realms.owner.OwnerDatabase;
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
        Executions.stop(database, new AuditEntry(actor, "rollback"), execution);
    }

    @Override
    public void restart(String actor) {
        control.start(Operator.of(actor));
    }

    private boolean isIn(MigrationState state) {
        return database.ask(connection -> StateStore.is(connection, state));
    }
}
