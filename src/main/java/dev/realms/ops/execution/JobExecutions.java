package dev.realms.ops.execution;

import dev.realms.ops.OperatedJob;
import dev.realms.web.Cursor;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.Pages;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.operations.NoSuchJobException;
import jakarta.batch.operations.NoSuchJobExecutionException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.JobExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What this node's job repository remembers of the jobs, and what may be done about it. */
@ApplicationScoped
public class JobExecutions {

    static final String STOP = "stop";
    static final String RESTART = "restart";

    private static final Set<BatchStatus> AT_WORK = EnumSet.of(BatchStatus.STARTING, BatchStatus.STARTED);
    private static final Comparator<JobExecution> NEWEST_FIRST =
            Comparator.comparingLong(JobExecution::getExecutionId).reversed();

    @Inject
    @Any
    private Instance<OperatedJob> jobs;

    /**
     * Newest first, with what may be done now.
     *
     * @param name of one job; empty for all
     * @throws DomainException {@code validation} when there is no such job
     */
    Page<JobExecutionView> page(Optional<String> name, PageRequest request) {
        List<String> known = jobs.stream().map(OperatedJob::name).sorted().toList();
        if (name.isPresent() && !known.contains(name.get())) {
            throw DomainException.invalid("job", "must be one of " + String.join(", ", known));
        }
        return page(name.map(List::of).orElse(known), request, this::view);
    }

    /** What this node remembers of one job, newest first. */
    public static <T extends Record> Page<T> page(String job, PageRequest request, Function<JobExecutionView, T> view) {
        return page(
                List.of(job),
                request,
                execution -> view.apply(JobExecutionView.of(execution, execution.getBatchStatus(), List.of())));
    }

    private static <T extends Record> Page<T> page(
            List<String> names, PageRequest request, Function<JobExecution, T> view) {
        long before = request.after()
                .map(position -> Cursor.Position.as(Long::valueOf, position.id()))
                .orElse(Long.MAX_VALUE);
        List<JobExecution> older = names.stream()
                .flatMap(name -> executions(name, Integer.MAX_VALUE).stream())
                .filter(execution -> execution.getExecutionId() < before)
                .sorted(NEWEST_FIRST)
                .limit(request.limit() + 1L)
                .toList();
        return Pages.of(
                older,
                request,
                view,
                last -> new Cursor.Position(last.getCreateTime().toInstant(), Long.toString(last.getExecutionId())));
    }

    /**
     * Stops or restarts an execution.
     *
     * @return the job's newest execution after that
     * @throws DomainException {@code not-found}, or {@code wrong-state} when that can't be done now
     */
    JobExecutionView act(String act, String actor, long id) {
        JobExecution execution = find(id).orElseThrow(
                        () -> new DomainException(ProblemType.NOT_FOUND, "This node knows of no such execution."));
        OperatedJob job = job(execution).orElseThrow();
        if (!acts(job, execution, execution.getBatchStatus()).contains(act)) {
            throw new DomainException(
                    ProblemType.WRONG_STATE,
                    "Execution %d of %s is %s: it can't %s."
                            .formatted(id, job.name(), execution.getBatchStatus(), act));
        }
        if (act.equals(STOP)) {
            job.stop(actor, id);
        } else {
            job.restart(actor);
        }
        return view(newest(job).orElseThrow());
    }

    private JobExecutionView view(JobExecution execution) {
        BatchStatus status = execution.getBatchStatus();
        return JobExecutionView.of(execution, status, acts(job(execution).orElseThrow(), execution, status));
    }

    /** The server's own tools may know other applications' executions, too. */
    private Optional<JobExecution> find(long id) {
        try {
            return Optional.ofNullable(BatchRuntime.getJobOperator().getJobExecution(id))
                    .filter(execution -> job(execution).isPresent());
        } catch (NoSuchJobExecutionException unknown) {
            return Optional.empty();
        }
    }

    private Optional<OperatedJob> job(JobExecution execution) {
        return jobs.stream()
                .filter(job -> job.name().equals(execution.getJobName()))
                .findFirst();
    }

    private List<String> acts(OperatedJob job, JobExecution execution, BatchStatus status) {
        boolean newest = newest(job)
                .filter(last -> last.getExecutionId() == execution.getExecutionId())
                .isPresent();
        if (!newest) {
            return List.of();
        } else if (AT_WORK.contains(status) && job.canStop()) {
            return List.of(STOP);
        }
        // After a crash a repository that was kept goes on saying STARTED.
        return status != BatchStatus.COMPLETED && job.canRestart() ? List.of(RESTART) : List.of();
    }

    private static Optional<JobExecution> newest(OperatedJob job) {
        return executions(job.name(), 1).stream().min(NEWEST_FIRST);
    }

    /** @param instances how many of the newest */
    private static List<JobExecution> executions(String job, int instances) {
        JobOperator operator = BatchRuntime.getJobOperator();
        try {
            return operator.getJobInstances(job, 0, Math.min(instances, operator.getJobInstanceCount(job))).stream()
                    .flatMap(instance -> operator.getJobExecutions(instance).stream())
                    .toList();
        } catch (NoSuchJobException neverRan) {
            return List.of();
        }
    }
}
