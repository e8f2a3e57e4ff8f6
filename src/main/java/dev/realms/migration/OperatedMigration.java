package dev.realms.migration;

import static dev.realms.migration.MigrationState.FAILED;
import static dev.realms.migration.MigrationState.PAUSED;
import static dev.realms.migration.MigrationState.STOPPED;

import dev.realms.owner.OperatedJob;
import dev.realms.owner.OwnerDatabase;
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
