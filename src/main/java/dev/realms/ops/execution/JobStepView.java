package dev.realms.ops.execution;

import java.time.Instant;

/** A step of an execution. What is read and written by a step of the migration is a portion of a table, not a row. */
public record JobStepView(
        String name,
        String status,
        String exitStatus,
        Instant startTime,
        Instant endTime,
        long readCount,
        long writeCount,
        long commitCount,
        long rollbackCount,
        long readSkipCount,
        long processSkipCount,
        long writeSkipCount,
        long filterCount) {}
