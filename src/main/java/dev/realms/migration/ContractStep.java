package dev.realms.migration;

import dev.realms.isolation.probe.IsolationProbe;
import dev.realms.migration.check.Baseline;
import dev.realms.owner.AuditEntry;
import dev.realms.owner.OwnerDatabase;
import dev.realms.schema.ContractSchema;
import dev.realms.schema.SchemaException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Set;

/** From here on the database itself keeps every row in a realm of its owner. */
@Named
@Dependent
class ContractStep extends MigrationStep {

    @Inject
    private OwnerDatabase database;

    @Inject
    private IsolationProbe probe;

    @Override
    MigrationState state() {
        return MigrationState.VERIFYING;
    }

    @Override
    String work(MigrationRun run) throws Exception {
        try {
            new ContractSchema(database.dataSource()).run(this::isStopped);
        } catch (SchemaException fault) {
            if (isStopped()) {
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

    private boolean isStopped() {
        return database.ask(connection -> !StateStore.is(connection, MigrationState.VERIFYING));
    }
}
