package dev.realms.migration.job;

import dev.realms.migration.rollback.Restore;
import dev.realms.migration.rollback.RollbackListener.RollbackStopped;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.RuntimeRoleName;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.WayBack;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.OwnerDatabase;
import dev.realms.realm.isolation.probe.IsolationProbe;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.sql.Connection;

/** After a rollback: expands the schema again, and brings back what the archive holds. Else there is nothing to do. */
@Named
@Dependent
class ComeBackStep extends MigrationStep {

    @Inject
    private OwnerDatabase database;

    @Inject
    private RuntimeRoleName appUser;

    @Inject
    private IsolationProbe probe;

    @Inject
    private WayBack wayBack;

    @Override
    String work(MigrationRun run) throws Exception {
        Connection connection = run.connection();
        if (!Restore.isDue(connection)) {
            return DONE;
        }
        new RollbackWatch(connection, () -> false).reset();
        new ExpandSchema(database.dataSource(), appUser.get()).run();
        try {
            Restore.run(connection, more -> {
                if (!run.goesOn(MigrationState.RUNNING)) {
                    throw new RollbackStopped();
                }
            });
        } catch (RollbackStopped told) {
            return run.askedToStop();
        }
        wayBack.askAgain();
        AuditEntry.bySystem("come-back").write(connection, "done");
        probe.look();
        return DONE;
    }
}
