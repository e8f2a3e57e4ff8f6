package dev.realms.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.owner.OwnerDatabase;
import dev.realms.schema.FreshDatabases;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FreshDatabases.class)
class RunnerLeaseTest {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private DataSource database;
    private RunnerLease lease;

    @BeforeEach
    void open() throws Exception {
        database = FreshDatabases.legacy();
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
}
