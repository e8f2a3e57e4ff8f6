package dev.realms.migration.job;

import dev.realms.migration.rollback.Step;
import dev.realms.migration.rollback.Watch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BooleanSupplier;

/** Writes the progress of a rollback where that of the migration is. */
public final class RollbackWatch implements Watch {

    private static final String BEGIN = """
            INSERT INTO migration.progress AS p (table_name, position, total, started_at) VALUES (?, ?, ?, clock_timestamp())
            ON CONFLICT (table_name) DO UPDATE SET total = greatest(p.done + excluded.total, p.total), ended_at = NULL
            """;

    private final Connection connection;
    private final BooleanSupplier stopped;
    private Step step;

    /** @param connection of the one who does the work, in auto-commit mode between its transactions */
    public RollbackWatch(Connection connection, BooleanSupplier stopped) {
        this.connection = connection;
        this.stopped = stopped;
    }

    /** What an earlier run of the migration recorded is of no interest any more. */
    public void reset() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM migration.progress");
        }
    }

    @Override
    public void begin(Step begun, long total) throws SQLException {
        step = begun;
        try (PreparedStatement insert = connection.prepareStatement(BEGIN)) {
            insert.setString(1, step.text());
            insert.setInt(2, 100 + step.ordinal());
            insert.setLong(3, total);
            insert.executeUpdate();
        }
        done(0);
    }

    @Override
    public void done(long more) throws SQLException {
        if (more > 0) {
            update("done = done + " + more + ", total = greatest(total, done + " + more + ")");
        }
        if (stopped.getAsBoolean()) {
            throw new Stopped();
        }
    }

    @Override
    public void end() throws SQLException {
        update("done = total, ended_at = clock_timestamp()");
        done(0);
    }

    private void update(String change) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE migration.progress SET " + change + " WHERE table_name = ?")) {
            update.setString(1, step.text());
            update.executeUpdate();
        }
    }
}
