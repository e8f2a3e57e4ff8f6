package dev.realms.migration.job;

import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.OwnerDatabase;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.operations.NoSuchJobException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.JobExecution;
import jakarta.batch.runtime.JobInstance;
import jakarta.batch.runtime.Metric;
import jakarta.batch.runtime.StepExecution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The batch job, as the application server's runtime knows it. Its repository is told and shown, never believed. */
public final class MigrationJob {

    public static final String NAME = "migrate-users-to-default-realms";

    private static final Logger LOG = Logger.getLogger(MigrationJob.class.getName());

    private static final int SHOWN_INSTANCES = 50;

    private MigrationJob() {}

    /**
     * For a state that has been moved to {@code running}. To be called outside any transaction: a server may refuse, or begin
     * before the caller has committed.
     */
    public static long start(OwnerDatabase database) {
        Properties parameters = new Properties();
        parameters.setProperty(RunListener.STATE_MOVED, "true");
        try {
            long execution = BatchRuntime.getJobOperator().start(NAME, parameters);
            LOG.log(Level.INFO, "Execution {0} of the migration started", execution);
            return execution;
        } catch (RuntimeException fault) {
            String reason = "The application server could not start the job.";
            database.ask(connection -> StateStore.move(
                    connection,
                    Set.of(MigrationState.RUNNING),
                    MigrationState.FAILED,
                    reason,
                    AuditEntry.bySystem("start")));
            throw fault;
        }
    }

    /** Newest first; those this server's repository remembers. */
    public static List<ExecutionView> executions() {
        JobOperator operator = BatchRuntime.getJobOperator();
        List<ExecutionView> views = new ArrayList<>();
        for (JobInstance instance : instances(operator)) {
            for (JobExecution execution : operator.getJobExecutions(instance)) {
                views.add(view(operator, execution));
            }
        }
        views.sort(Comparator.comparingLong(ExecutionView::id).reversed());
        return views;
    }

    private static List<JobInstance> instances(JobOperator operator) {
        try {
            return operator.getJobInstances(NAME, 0, SHOWN_INSTANCES);
        } catch (NoSuchJobException neverRan) {
            return List.of();
        }
    }

    private static ExecutionView view(JobOperator operator, JobExecution execution) {
        List<ExecutionView.Step> steps = operator.getStepExecutions(execution.getExecutionId()).stream()
                .sorted(Comparator.comparingLong(StepExecution::getStepExecutionId))
                .map(MigrationJob::view)
                .toList();
        return new ExecutionView(
                execution.getExecutionId(),
                execution.getJobName(),
                execution.getBatchStatus().name(),
                execution.getExitStatus(),
                instant(execution.getStartTime()),
                instant(execution.getEndTime()),
                steps);
    }

    private static ExecutionView.Step view(StepExecution step) {
        return new ExecutionView.Step(
                step.getStepName(),
                step.getBatchStatus().name(),
                step.getExitStatus(),
                instant(step.getStartTime()),
                instant(step.getEndTime()),
                metric(step, Metric.MetricType.READ_COUNT),
                metric(step, Metric.MetricType.WRITE_COUNT),
                metric(step, Metric.MetricType.COMMIT_COUNT),
                metric(step, Metric.MetricType.ROLLBACK_COUNT),
                metric(step, Metric.MetricType.READ_SKIP_COUNT)
                        + metric(step, Metric.MetricType.PROCESS_SKIP_COUNT)
                        + metric(step, Metric.MetricType.WRITE_SKIP_COUNT));
    }

    private static long metric(StepExecution step, Metric.MetricType type) {
        Metric[] metrics = step.getMetrics() == null ? new Metric[0] : step.getMetrics();
        return Arrays.stream(metrics)
                .filter(metric -> metric.getType() == type)
                .mapToLong(Metric::getValue)
                .findFirst()
                .orElse(0);
    }

    private static Instant instant(Date date) {
        return date == null ? null : Instant.ofEpochMilli(date.getTime());
    }
}
