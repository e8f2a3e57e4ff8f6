package dev.realms.migration;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.batch.runtime.context.StepContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Does a portion, in a transaction of its own, and tells the reader how long it took. */
@Named
@Dependent
class PortionWriter extends AbstractItemWriter {

    @Inject
    @BatchProperty
    private String table;

    @Inject
    private StepContext step;

    @Inject
    private MigrationRun run;

    @Override
    public void writeItems(List<Object> ranges) {
        ChunkSize size = (ChunkSize) step.getTransientUserData();
        for (Object range : ranges) {
            Chunk.Result result = run.guard(() -> Chunk.run(run.connection(), Portions.of(table), (KeyRange) range));
            size.measured(result.done(), result.took());
        }
    }
}
