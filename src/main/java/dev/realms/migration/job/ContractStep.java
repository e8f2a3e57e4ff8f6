package dev.realms.migration.job;

import dev.realms.migration.check.Baseline;
import dev.realms.migration.move.LeasedSessions;
import dev.realms.migration.move.Statistics;
import dev.realms.migration.schema.ContractSchema;
import dev.realms.migration.schema.SchemaException;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.RunnerLease;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.DatabaseFault;
import dev.realms.realm.isolation.probe.IsolationProbe;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.sql.SQLException;
import java.util.Set;

/** From here on the database itself keeps every row in a realm of its owner. */
@Named
@Dependent
class ContractStep extends MigrationStep {

    @Inject
    private RunnerLease lease;

    @Inject
    private IsolationProbe probe;

    @Override
    MigrationState state() {
        return MigrationState.VERIFYING;
    }

    @Override
    String work(MigrationRun run) throws Exception {
        try {
            new ContractSchema(new LeasedSessions(lease::beside)).run(() -> isStopped(run));
        } catch (SchemaException fault) {
            if (isStopped(run)) {
                return run.askedToStop();
            }
            throw fault;
        }
        Statistics.refresh(run.connection(), "realms, database_servers, databases, documents, jobs, api_keys");
        Baseline.foldChanges(run.connection());
        boolean migrated = StateStore.move(
                run.connection(),
                Set.of(MigrationState.VERIFYING),
                MigrationState.MIGRATED,
                null,
                AuditEntry.bySystem("contract"));
        probe.look();
        return migrated ? DONE : run.askedToStop();
    }

    /** Asked in the session of the lease: a script does not begin when that is lost. */
    private static boolean isStopped(MigrationRun run) {
        try {
            return !StateStore.is(run.connection(), MigrationState.VERIFYING);
        } catch (SQLException lost) {
            throw new DatabaseFault(lost);
        }
    }
}
