package dev.realms.migration.job;

import dev.realms.migration.move.FailedChunks;
import dev.realms.migration.move.Portions;
import dev.realms.migration.move.Progress;
import dev.realms.migration.move.TableRun;
import dev.realms.migration.move.Wave;
import dev.realms.migration.state.MigrationState;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Named;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Goes through all tables again, for rows that came behind the readers without the triggers: a replication or a bulk load
 * switches them off. What has failed is tried once more; what is left of it then, or was skipped, ends the run.
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
        Optional<String> open = FailedChunks.sentence(run.connection());
        if (open.isPresent()) {
            throw run.failed(open.get());
        }
        return DONE;
    }

    private static boolean sweep(MigrationRun run, Portions portions) throws SQLException {
        try (TableRun rows = TableRun.of(portions.table(), run.crew())) {
            Optional<Wave> wave = rows.next(() -> run.goesOn(MigrationState.RUNNING));
            while (wave.isPresent()) {
                rows.work(wave.get());
                wave = rows.next(() -> run.goesOn(MigrationState.RUNNING));
            }
            if (rows.hasEnded()) {
                FailedChunks.settle(run.connection(), portions);
                Progress.end(run.connection(), portions);
            }
            return rows.hasEnded();
        }
    }
}
