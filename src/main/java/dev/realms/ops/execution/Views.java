package dev.realms.ops.execution;

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

/** Executions and steps as they are shown. */
final class Views {

    private Views() {}

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
                ShownParameters.of(execution.getJobParameters()),
                BatchRuntime.getJobOperator().getStepExecutions(execution.getExecutionId()).stream()
                        .sorted(Comparator.comparingLong(StepExecution::getStepExecutionId))
                        .map(Views::of)
                        .toList(),
                acts);
    }

    private static JobStepView of(StepExecution step) {
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
