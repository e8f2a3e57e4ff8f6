package dev.realms.migration.control;

import dev.realms.migration.check.Baseline;
import dev.realms.migration.check.VerificationReport;
import dev.realms.migration.move.FailedChunks;
import dev.realms.migration.move.Portions;
import dev.realms.migration.move.ProgressTable;
import dev.realms.migration.move.Statistics;
import dev.realms.migration.move.TableRun;
import dev.realms.migration.move.WorkSessions;
import dev.realms.migration.schema.StageRun;
import dev.realms.migration.state.RunnerLease;
import dev.realms.ops.LockedSession;
import dev.realms.ops.OwnerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** The steps of the job one after the other, with no application server around them. */
public final class PlainMigration {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    });

    private final DataSource owner;

    public PlainMigration(DataSource owner) {
        this.owner = owner;
    }

    /** Everything from the baseline to the contract; the database must be expanded. */
    public VerificationReport run() throws SQLException {
        moveRows();
        VerificationReport report = verify();
        if (report.passed()) {
            StageRun.contract(owner).run(() -> false);
        }
        return report;
    }

    /**
     * As the service leaves it, in state {@code migrated}.
     *
     * @throws IllegalStateException with what the verification found
     */
    public void complete() throws SQLException {
        VerificationReport report = run();
        if (!report.passed()) {
            throw new IllegalStateException(report.sentence());
        }
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE migration.state SET state = 'running' WHERE state <> 'running'");
            statement.execute("UPDATE migration.state SET state = 'verifying'");
            statement.execute("UPDATE migration.state SET state = 'migrated'");
        }
    }

    public void moveRows() throws SQLException {
        prepare();
        move();
    }

    /** What comes before the first row. */
    public void prepare() throws SQLException {
        try (Connection connection = session()) {
            Baseline.take(connection);
            ProgressTable.reset(connection);
        }
    }

    /** The rows of all tables. */
    public void move() throws SQLException {
        try (Connection connection = session()) {
            for (Portions portions : Portions.ALL) {
                Statistics.sketch(connection, portions.changed());
                move(connection, portions.table());
                Statistics.sketch(connection, portions.changed());
            }
        }
    }

    /** Everything up to the verification, which the contract would follow. */
    public VerificationReport verifyAfterMoving() throws SQLException {
        moveRows();
        return verify();
    }

    private Connection session() throws SQLException {
        Connection connection = owner.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(RunnerLease.SESSION);
        }
        return connection;
    }

    public VerificationReport verify() throws SQLException {
        try (Connection connection = owner.getConnection()) {
            return VerificationReport.of(connection);
        }
    }

    private void move(Connection connection, String table) throws SQLException {
        try (TableRun rows = TableRun.of(table, sessions(connection))) {
            rows.workToEnd(() -> true);
        }
        FailedChunks.settle(connection, Portions.of(table));
        ProgressTable.end(connection, Portions.of(table));
    }

    /** Each session as the lease would give it. */
    public WorkSessions sessions(Connection connection) {
        return new WorkSessions(
                connection,
                () -> {
                    LockedSession worker = LockedSession.openShared(new OwnerDatabase(owner), RunnerLease.WORKERS)
                            .orElseThrow();
                    try (Statement statement = worker.connection().createStatement()) {
                        statement.execute(RunnerLease.SESSION);
                    }
                    return worker;
                },
                THREADS);
    }
}
