package dev.realms.migration.job;

import dev.realms.migration.move.TableRun;
import dev.realms.migration.move.TableRun.ParallelPortions;
import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.batch.runtime.context.StepContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Does what the reader has handed out, in transactions of its own. */
@Named
@Dependent
class PortionWriter extends AbstractItemWriter {

    @Inject
    private StepContext step;

    @Inject
    private MigrationRun run;

    @Override
    public void writeItems(List<Object> items) {
        TableRun rows = (TableRun) step.getTransientUserData();
        run.guard(() -> {
            for (Object portions : items) {
                rows.work((ParallelPortions) portions);
            }
            return null;
        });
    }
}
