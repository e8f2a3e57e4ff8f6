package dev.realms.migration.control;

import dev.realms.ops.execution.JobExecutionView;
import dev.realms.ops.execution.JobExecutionView.JobStepView;
import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.List;

/** An execution of the migration's batch job on this node. Items read and written are portions of a table, not rows. */
public record ExecutionView(
        long id,
        String jobName,
        String batchStatus,
        @Nullable String exitStatus,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        List<Step> steps) {

    public record Step(
            String name,
            String batchStatus,
            @Nullable String exitStatus,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            long readCount,
            long writeCount,
            long commitCount,
            long rollbackCount,
            long skipCount) {

        private static Step of(JobStepView step) {
            return new Step(
                    step.name(),
                    step.status(),
                    step.exitStatus(),
                    step.startTime(),
                    step.endTime(),
                    step.readCount(),
                    step.writeCount(),
                    step.commitCount(),
                    step.rollbackCount(),
                    step.readSkipCount() + step.processSkipCount() + step.writeSkipCount());
        }
    }

    static ExecutionView of(JobExecutionView execution) {
        return new ExecutionView(
                execution.id(),
                execution.job(),
                execution.status(),
                execution.exitStatus(),
                execution.startTime(),
                execution.endTime(),
                execution.steps().stream().map(Step::of).toList());
    }
}
