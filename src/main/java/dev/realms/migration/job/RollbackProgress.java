package dev.realms.migration.job;

import dev.realms.migration.rollback.RollbackListener;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/** Writes the progress of a rollback where that of the migration is. */
public final class RollbackProgress implements RollbackListener {

    private static final String BEGIN = """
            INSERT INTO migration.progress AS p (table_name, position, total, started_at) VALUES (?, ?, ?, clock_timestamp())
            ON CONFLICT (table_name) DO UPDATE SET total = greatest(p.done + excluded.total, p.total), ended_at = NULL
            """;

    private final Connection connection;
    private final BooleanSupplier stopped;
    private Phase phase;

    /** @param connection of the one who does the work, in auto-commit mode between its transactions */
    public RollbackProgress(Connection connection, BooleanSupplier stopped) {
        this.connection = connection;
        this.stopped = stopped;
    }

    /** What an earlier run of the migration recorded is of no interest any more. */
    public void reset() throws SQLException {
        Sql.execute(connection, "DELETE FROM migration.progress");
    }

    @Override
    public void begin(Phase begun, long total) throws SQLException {
        phase = begun;
        Sql.update(connection, BEGIN, phase.text(), 100 + phase.ordinal(), total);
        done(0);
    }

    @Override
    public void done(long more) throws SQLException {
        if (more > 0) {
            update("done = done + " + more + ", total = greatest(total, done + " + more + ")");
        }
        if (stopped.getAsBoolean()) {
            throw new RollbackStopped();
        }
    }

    @Override
    public void end() throws SQLException {
        update("done = total, ended_at = clock_timestamp()");
        done(0);
    }

    private void update(String change) throws SQLException {
        Sql.update(connection, "UPDATE migration.progress SET " + change + " WHERE table_name = ?", phase.text());
    }
}
