package dev.realms.ops.execution;

import jakarta.annotation.Nullable;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.JobExecution;
import jakarta.batch.runtime.Metric.MetricType;
import jakarta.batch.runtime.StepExecution;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * An execution of a batch job on this node.
 *
 * @param parameters only those that our job XMLs name have their values shown: whoever starts a job with the server's own tools can pass
 *     anything, secrets too
 * @param acts what may be done now: {@code stop}, {@code restart} or nothing
 */
public record JobExecutionView(
        long id,
        String job,
        String status,
        @Nullable String exitStatus,
        @Nullable Instant createTime,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        @Nullable Instant lastUpdatedTime,
        Map<String, String> parameters,
        List<JobStepView> steps,
        List<String> acts) {

    /** A step of an execution. What is read and written by a step of the migration is a portion of a table, not a row. */
    public record JobStepView(
            String name,
            String status,
            @Nullable String exitStatus,
            @Nullable Instant startTime,
            @Nullable Instant endTime,
            long readCount,
            long writeCount,
            long commitCount,
            long rollbackCount,
            long readSkipCount,
            long processSkipCount,
            long writeSkipCount,
            long filterCount) {}

    static final Set<String> SHOWN_PARAMETERS = Set.of("run", "stateMoved");
    private static final String HIDDEN = "***";

    /** @param status read once, since it may change meanwhile */
    static JobExecutionView of(JobExecution execution, BatchStatus status, List<String> acts) {
        return new JobExecutionView(
                execution.getExecutionId(),
                execution.getJobName(),
                status.name(),
                execution.getExitStatus(),
                instant(execution.getCreateTime()),
                instant(execution.getStartTime()),
                instant(execution.getEndTime()),
                instant(execution.getLastUpdatedTime()),
                parameters(execution.getJobParameters()),
                BatchRuntime.getJobOperator().getStepExecutions(execution.getExecutionId()).stream()
                        .sorted(Comparator.comparingLong(StepExecution::getStepExecutionId))
                        .map(JobExecutionView::step)
                        .toList(),
                acts);
    }

    /** @param parameters null where a repository keeps none */
    static Map<String, String> parameters(Properties parameters) {
        Map<String, String> shown = new TreeMap<>();
        if (parameters != null) {
            for (String name : parameters.stringPropertyNames()) {
                shown.put(name, SHOWN_PARAMETERS.contains(name) ? parameters.getProperty(name) : HIDDEN);
            }
        }
        return shown;
    }

    private static JobStepView step(StepExecution step) {
        Map<MetricType, Long> counts = new EnumMap<>(MetricType.class);
        if (step.getMetrics() != null) {
            Arrays.stream(step.getMetrics()).forEach(metric -> counts.put(metric.getType(), metric.getValue()));
        }
        return new JobStepView(
                step.getStepName(),
                step.getBatchStatus().name(),
                step.getExitStatus(),
                instant(step.getStartTime()),
                instant(step.getEndTime()),
                counts.getOrDefault(MetricType.READ_COUNT, 0L),
                counts.getOrDefault(MetricType.WRITE_COUNT, 0L),
                counts.getOrDefault(MetricType.COMMIT_COUNT, 0L),
                counts.getOrDefault(MetricType.ROLLBACK_COUNT, 0L),
                counts.getOrDefault(MetricType.READ_SKIP_COUNT, 0L),
                counts.getOrDefault(MetricType.PROCESS_SKIP_COUNT, 0L),
                counts.getOrDefault(MetricType.WRITE_SKIP_COUNT, 0L),
                counts.getOrDefault(MetricType.FILTER_COUNT, 0L));
    }

    private static Instant instant(Date date) {
        return date == null ? null : Instant.ofEpochMilli(date.getTime());
    }
}
