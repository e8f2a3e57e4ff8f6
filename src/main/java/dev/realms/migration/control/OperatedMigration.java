package dev.realms.migration.control;

import static dev.realms.migration.state.MigrationState.FAILED;
import static dev.realms.migration.state.MigrationState.PAUSED;
import static dev.realms.migration.state.MigrationState.STOPPED;

import dev.realms.migration.job.MigrationJob;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.Operator;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.OperatedJob;
import dev.realms.ops.OwnerDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/** The migration among the other jobs: whoever acts here moves the state, as on {@code /api/admin/migration}. */
@ApplicationScoped
class OperatedMigration implements OperatedJob {

    private static final Set<MigrationState> LEFT = Set.of(PAUSED, STOPPED, FAILED);

    @Inject
    private OwnerDatabase database;

    @Inject
    private MigrationControl control;

    @Override
    public String name() {
        return MigrationJob.NAME;
    }

    @Override
    public boolean canStop() {
        return state().isUnderWay();
    }

    @Override
    public boolean canRestart() {
        return LEFT.contains(state());
    }

    @Override
    public void stop(String actor, long execution) {
        control.stop(Operator.of(actor));
    }

    @Override
    public void restart(String actor) {
        if (state() == PAUSED) {
            control.resume(Operator.of(actor));
        } else {
            control.start(Operator.of(actor));
        }
    }

    private MigrationState state() {
        return database.ask(StateStore::read).state();
    }
}
