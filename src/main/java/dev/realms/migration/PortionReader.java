package dev.realms.migration;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.AbstractItemReader;
import jakarta.batch.runtime.context.StepContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Hands out a table's portions in the order of its primary key, until nothing is left or the state says stop. */
@Named
@Dependent
class PortionReader extends AbstractItemReader {

    @Inject
    @BatchProperty
    private String table;

    @Inject
    private StepContext step;

    @Inject
    private MigrationRun run;

    private final ChunkSize size = new ChunkSize();
    private Portions portions;
    private UUID from = KeyRange.START;

    /** Whatever a checkpoint says, the data says better. */
    @Override
    public void open(Serializable checkpoint) {
        portions = Portions.of(table);
        step.setTransientUserData(size);
        run.guard(() -> {
            Progress.begin(run.connection(), table);
            Statistics.refresh(run.connection(), portions.changed());
            return null;
        });
    }

    @Override
    public KeyRange readItem() {
        return run.guard(() -> {
            if (!run.goesOn(MigrationState.RUNNING)) {
                step.setExitStatus(MigrationRun.STOP);
                return null;
            }
            Optional<KeyRange> next = portions.next(run.connection(), from, size.rows());
            if (next.isEmpty()) {
                end();
                return null;
            }
            from = next.get().next();
            return next.get();
        });
    }

    private void end() throws SQLException {
        Progress.end(run.connection(), table);
        Statistics.refresh(run.connection(), portions.changed());
    }
}
