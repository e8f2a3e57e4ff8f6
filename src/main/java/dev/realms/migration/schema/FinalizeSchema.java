package dev.realms.migration.schema;

import java.time.Duration;
import javax.sql.DataSource;

/** Drops what only the way back and the application from before realms needed. Can be run again at any time. */
public final class FinalizeSchema {

    private final StageRun run;

    /** @param owner connections of the schema owner, which commit by themselves */
    public FinalizeSchema(DataSource owner) {
        this(owner, Duration.ofMinutes(2));
    }

    /** @param patience for how long it tries to get a lock */
    FinalizeSchema(DataSource owner, Duration patience) {
        run = new StageRun(owner, Stage.FINALIZE, "", patience);
    }

    /** @throws SchemaException when a script fails or a lock can't be had for two minutes, if nothing else was said */
    public void run() {
        run.run("0", () -> false);
    }
}
