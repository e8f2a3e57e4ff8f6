package dev.realms.migration;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Named;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Goes through all tables again, for rows that came behind the readers without the triggers: a replication or a bulk load
 * switches them off. What comes after this, verification finds.
 */
@Named
@Dependent
class SweepStep extends MigrationStep {

    @Override
    String work(MigrationRun run) throws Exception {
        for (Portions portions : Portions.ALL) {
            if (!sweep(run, portions)) {
                return MigrationRun.STOP;
            }
        }
        return DONE;
    }

    private static boolean sweep(MigrationRun run, Portions portions) throws SQLException {
        Connection connection = run.connection();
        ChunkSize size = new ChunkSize();
        UUID from = KeyRange.START;
        Optional<KeyRange> range = portions.next(connection, from, size.rows());
        while (range.isPresent()) {
            if (!run.goesOn(MigrationState.RUNNING)) {
                return false;
            }
            Chunk.Result result = Chunk.run(connection, portions, range.get());
            size.measured(result.done(), result.took());
            from = range.get().next();
            range = portions.next(connection, from, size.rows());
        }
        Progress.end(connection, portions.table());
        return true;
    }
}
