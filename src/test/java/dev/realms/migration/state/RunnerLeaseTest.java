package dev.realms.migration.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.job.MigrationRun;
import dev.realms.migration.move.LeasedDataSource;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.SchemaException;
import dev.realms.migration.schema.StageRun;
import dev.realms.migration.schema.TestSql;
import dev.realms.ops.LockedSession;
import dev.realms.ops.OwnerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

@DatabaseTest
class RunnerLeaseTest {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private DataSource database;
    private RunnerLease lease;

    @BeforeEach
    void open() throws Exception {
        database = FreshDatabases.preRealm();
        lease = new RunnerLease(new OwnerDatabase(database));
    }

    @AfterEach
    void release() {
        lease.release();
    }

    @Test
    void anExecutionThatCameTooLateEndsNothing() throws Exception {
        assertThat(lease.acquire(1, AT_ONCE)).isTrue();

        assertThat(lease.acquire(2, AT_ONCE)).isFalse();
        lease.release(2);

        assertThat(lease.isHeldBy(1)).isTrue();
        assertThat(lease.connection().isClosed()).isFalse();
    }

    @Test
    void oneNodeHasItAtATime() throws Exception {
        RunnerLease otherNode = new RunnerLease(new OwnerDatabase(database));
        assertThat(lease.acquire(1, AT_ONCE)).isTrue();

        assertThat(otherNode.acquire(1, AT_ONCE)).isFalse();
        lease.release(1);

        assertThat(otherNode.acquire(1, AT_ONCE)).isTrue();
        otherNode.release();
    }

    @Test
    void workersEndWhenTheLeaseIsTakenOver() throws Exception {
        RunnerLease otherNode = new RunnerLease(new OwnerDatabase(database));
        assertThat(lease.acquire(1, AT_ONCE)).isTrue();
        LockedSession worker = lease.worker();
        disconnect(lease.connection());
        assertThat(can(worker.connection(), "SELECT")).isTrue();

        assertThat(otherNode.acquire(1, AT_ONCE)).isTrue();

        assertThat(can(worker.connection(), "SELECT")).isFalse();
        otherNode.release();
    }

    /** It hangs, and its connections do not. */
    @Test
    void aNodeThatGivesNoSignOfLifeLosesIt() throws Exception {
        new ExpandSchema(database, FreshDatabases.APP_USER).run();
        TestSql sql = new TestSql(database);
        RunnerLease otherNode = new RunnerLease(new OwnerDatabase(database));
        assertThat(lease.acquire(1, AT_ONCE)).isTrue();
        try (Connection watching = database.getConnection()) {
            sql.run("UPDATE migration.vitals SET heartbeat_at = clock_timestamp() - interval '61 s'");
            assertThat(RunnerLease.endSilent(watching)).as("has just begun").isFalse();
            sql.run(
                    "ALTER TABLE migration.state DISABLE TRIGGER USER",
                    "UPDATE migration.state SET changed_at = clock_timestamp() - interval '61 s'");
            RunnerStatus.beat(watching);
            assertThat(RunnerLease.endSilent(watching)).as("is alive").isFalse();

            sql.run("UPDATE migration.vitals SET heartbeat_at = clock_timestamp() - interval '61 s'");
            assertThat(RunnerLease.endSilent(watching)).isTrue();
        }

        assertThat(can(lease.connection(), "SELECT")).isFalse();
        assertThat(otherNode.acquire(1, Duration.ofSeconds(5))).isTrue();
        otherNode.release();
    }

    @Test
    void nobodyWorksForALeaseThatIsLost() throws Exception {
        RunnerLease otherNode = new RunnerLease(new OwnerDatabase(database));
        assertThat(lease.acquire(1, AT_ONCE)).isTrue();
        disconnect(lease.connection());

        assertThatThrownBy(lease::worker)
                .isInstanceOf(SQLException.class)
                .satisfies(fault ->
                        assertThat(MigrationRun.isConnectionLoss(fault)).isTrue());

        assertThat(otherNode.acquire(1, AT_ONCE)).isTrue();
        otherNode.release();
    }

    @Test
    void aSessionThatIsGivenBackHoldsNothing() throws Exception {
        assertThat(lease.acquire(1, AT_ONCE)).isTrue();
        Connection connection = new LeasedDataSource(lease::beside).getConnection();
        connection.setAutoCommit(false);
        assertThat(can(connection, "no SQL")).isFalse();

        connection.close();

        assertThat(connection.isClosed()).isTrue();
        assertThat(
                        new TestSql(database)
                                .ask(
                                        "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .isEmpty();
    }

    /** One node is cut off in the middle of a script; the script's session does not go on beside the next node's. */
    @Test
    void theContractEndsWithTheLease() throws Exception {
        new ExpandSchema(database, FreshDatabases.APP_USER).run();
        RunnerLease otherNode = new RunnerLease(new OwnerDatabase(database));
        assertThat(lease.acquire(1, AT_ONCE)).isTrue();
        Connection inTheWay = database.getConnection();
        inTheWay.setAutoCommit(false);
        assertThat(can(inTheWay, "LOCK TABLE documents IN ROW EXCLUSIVE MODE")).isTrue();
        CompletableFuture<Void> contract = CompletableFuture.runAsync(
                () -> StageRun.contract(new LeasedDataSource(lease::beside)).run(() -> false));
        TestSql sql = new TestSql(database);
        while (sql.ask("SELECT pid FROM pg_locks WHERE NOT granted").isEmpty()) {
            assertThat(contract).isNotDone();
        }

        disconnect(lease.connection());
        assertThat(otherNode.acquire(1, AT_ONCE)).isTrue();
        assertThatThrownBy(contract::join).hasCauseInstanceOf(SchemaException.class);
        inTheWay.close();
        StageRun.contract(new LeasedDataSource(otherNode::beside)).run(() -> false);

        assertThat(sql.ask("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                .containsExactly("0");
        otherNode.release();
    }

    private void disconnect(Connection connection) throws SQLException {
        int pid = connection.unwrap(PGConnection.class).getBackendPID();
        new TestSql(database).run("SELECT pg_terminate_backend(" + pid + ", 5000)");
    }

    private static boolean can(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException refused) {
            return false;
        }
    }
}
