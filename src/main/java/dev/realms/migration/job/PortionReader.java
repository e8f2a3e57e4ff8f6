package dev.realms.migration.job;

import dev.realms.migration.move.Portions;
import dev.realms.migration.move.ProgressTable;
import dev.realms.migration.move.Statistics;
import dev.realms.migration.move.TableRun;
import dev.realms.migration.move.TableRun.ParallelPortions;
import dev.realms.migration.state.MigrationState;
import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.AbstractItemReader;
import jakarta.batch.runtime.context.StepContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.sql.SQLException;

/** Hands out a table's portions until nothing is left or the state says stop. */
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

    private TableRun rows;

    /** Whatever a checkpoint says, the data says better. */
    @Override
    public void open(Serializable checkpoint) {
        run.guard(() -> {
            ProgressTable.begin(run.connection(), table);
            Statistics.sketch(run.connection(), Portions.of(table).changed());
            rows = TableRun.of(table, run.sessions());
            return null;
        });
        step.setTransientUserData(rows);
    }

    @Override
    public ParallelPortions readItem() {
        return run.guard(() -> {
            ParallelPortions portions =
                    rows.next(() -> run.goesOn(MigrationState.RUNNING)).orElse(null);
            if (portions == null && rows.hasEnded()) {
                end();
            } else if (portions == null) {
                step.setExitStatus(MigrationRun.STOPPED);
            }
            return portions;
        });
    }

    private void end() throws SQLException {
        ProgressTable.end(run.connection(), Portions.of(table));
        Statistics.sketch(run.connection(), Portions.of(table).changed());
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
        }
    }
}
