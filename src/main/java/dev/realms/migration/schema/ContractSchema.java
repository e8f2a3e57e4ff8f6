package dev.realms.migration.schema;

import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * Makes the database unable to hold a row that has no realm or reaches into another: indexes, constraints, keys, row-level
 * security. To be run when every row has its realm and a verification has passed; can be run again at any time.
 */
public final class ContractSchema {

    private final StageRun run;

    /** @param owner connections of the schema owner, which commit by themselves */
    public ContractSchema(DataSource owner) {
        run = new StageRun(owner, Stage.CONTRACT, "", StageRun.A_DAY);
    }

    /**
     * @param stopped asked between scripts, and between tries while a lock can't be had
     * @throws SchemaException when stopped, a script fails or a lock can't be had for a day
     */
    public void run(BooleanSupplier stopped) {
        run.run("0", stopped);
    }
}
