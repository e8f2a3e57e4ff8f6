package dev.realms.migration.job;

import java.time.Instant;
import java.util.List;

/** An execution of the batch job on this node. Items read and written are portions of a table, not rows. */
public record ExecutionView(
        long id,
        String jobName,
        String batchStatus,
        String exitStatus,
        Instant startedAt,
        Instant endedAt,
        List<Step> steps) {

    public record Step(
            String name,
            String batchStatus,
            String exitStatus,
            Instant startedAt,
            Instant endedAt,
            long readCount,
            long writeCount,
            long commitCount,
            long rollbackCount,
            long skipCount) {}
}
