package dev.realms.migration.finalize;

import dev.realms.ops.SingleJobStep;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.function.BooleanSupplier;

/** What is left to hash, seal and drop is asked of the data. */
@Named
@Dependent
class FinalizationStep extends SingleJobStep {

    @Inject
    private Finalization finalization;

    @Override
    protected String run(String claimed, BooleanSupplier stopped) throws Exception {
        return finalization.run(claimed, stopped);
    }
}
