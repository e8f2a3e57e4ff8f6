package dev.realms.migration.rollback;

import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.security.secret.SecretBox;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** The rollback with no application server around it. */
public final class PlainRollback {

    private final DataSource owner;
    private final SecretBox box;

    public PlainRollback(DataSource owner, SecretBox box) {
        this.owner = owner;
        this.box = box;
    }

    /** From whatever state to {@code rolled-back}. */
    public Rollback.RollbackReport run() throws SQLException {
        return run(step -> {});
    }

    Rollback.RollbackReport run(At at) throws SQLException {
        return run(at, () -> false);
    }

    Rollback.RollbackReport run(At at, BooleanSupplier stopped) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE migration.state SET state = 'rolling-back' WHERE state <> 'rolling-back'");
            Rollback.RollbackReport report = new Rollback(owner, FreshDatabases.APP_USER, box, Duration.ZERO)
                    .run(connection, new Steps(at), stopped);
            connection.setAutoCommit(false);
            Rollback.finish(connection);
            statement.execute("UPDATE migration.state SET state = 'rolled-back'");
            connection.commit();
            return report;
        }
    }

    /** From a rollback that ended early to {@code migrated}. */
    void callOff() throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE migration.state SET state = 'rollback-failed'");
            RollbackCancellation.bringDataBack(connection, box);
            connection.setAutoCommit(false);
            RollbackCancellation.openRealms(connection);
            statement.execute("UPDATE migration.state SET state = 'migrated'");
            connection.commit();
        }
    }

    /** What a start from {@code rolled-back} does before anything else. */
    public void startAgain() throws SQLException {
        takeOverAgain();
        restore();
    }

    /** The first half of it. */
    public void takeOverAgain() throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE migration.state SET state = 'running'");
        }
        new ExpandSchema(owner, FreshDatabases.APP_USER).run();
    }

    /** The second half: what waits in the archive comes back. */
    public void restore() throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET realms.migration = 'on'");
            Restore.run(connection, new Steps(step -> {}));
        }
    }

    /** Something that happens when a step begins. */
    interface At {
        void begins(RollbackListener.Phase step) throws SQLException;
    }

    private record Steps(At at) implements RollbackListener {

        @Override
        public void begin(RollbackListener.Phase step, long total) throws SQLException {
            at.begins(step);
        }

        @Override
        public void done(long more) {
            // Nobody watches.
        }

        @Override
        public void end() {
            // Nobody watches.
        }
    }
}
