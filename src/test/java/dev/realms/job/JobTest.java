package dev.realms.job;

import static dev.realms.job.JobStatus.CANCELLED;
import static dev.realms.job.JobStatus.FAILED;
import static dev.realms.job.JobStatus.FINISHED;
import static dev.realms.job.JobStatus.PENDING;
import static dev.realms.job.JobStatus.PROCESSING;
import static dev.realms.job.JobStatus.WAITING_FOR_REMOTE_WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.testing.Realms;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobTest {

    private static final String DOCUMENT = "document";
    private static final Set<JobStatus> ENDS = EnumSet.of(FINISHED, FAILED, CANCELLED);

    private static final Map<JobStatus, Set<JobStatus>> MOVES = Map.of(
            PENDING, EnumSet.of(WAITING_FOR_REMOTE_WORKER, PROCESSING, FINISHED, FAILED, CANCELLED),
            WAITING_FOR_REMOTE_WORKER, EnumSet.of(PROCESSING, FINISHED, FAILED, CANCELLED),
            PROCESSING, ENDS,
            FINISHED, Set.of(),
            FAILED, Set.of(),
            CANCELLED, Set.of());

    @ParameterizedTest
    @EnumSource
    void movesForwardAlongTheArrowsAndOutOfAnEndNowhere(JobStatus from) {
        for (JobStatus to : JobStatus.values()) {
            Job job = job(from, null, null);
            if (to == from || MOVES.get(from).contains(to)) {
                job.update(status(to));
                assertThat(job.view().status()).isEqualTo(to);
            } else {
                assertThatExceptionOfType(DomainException.class)
                        .isThrownBy(() -> job.update(status(to)))
                        .withMessage("A job does not go from " + from + " to " + to + ".")
                        .matches(refused -> refused.type() == ProblemType.WRONG_STATE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasAnEndOnceItHasEnded(JobStatus status) {
        JobView view = job(status, null, null).view();

        assertThat(view.endDate() != null).isEqualTo(ENDS.contains(status));
        assertThat(view.percentage()).isEqualTo(status == FINISHED ? 100 : 0);
    }

    @Test
    void endsWhenSaidAndNeverBeforeItsStart() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Instant future = Instant.parse("2999-01-01T00:00:00Z");

        assertThat(job(FINISHED, start, start).view().endDate()).isEqualTo(start);
        assertThat(job(CANCELLED, future, null).view().endDate()).isEqualTo(future);
        assertThatThrownBy(() -> job(FAILED, start, start.minusMillis(1)))
                .hasMessage("endDate must not be before startDate.");
        assertThatThrownBy(() -> job(PENDING, start, start.minusMillis(1)))
                .hasMessage("endDate must not be before startDate.");
    }

    @Test
    void changesNoMoreOnceItHasEnded() {
        Job job = job(FAILED, null, null);
        JobView ended = job.view();

        job.update(status(null));
        assertThat(job.view()).isEqualTo(ended);

        assertThatExceptionOfType(DomainException.class)
                .isThrownBy(() ->
                        job.update(new UpdateJob(DOCUMENT, null, null, null, null, null, null, "changed my mind")))
                .withMessage("A job that has ended does not change any more.")
                .matches(refused -> refused.type() == ProblemType.WRONG_STATE);
    }

    private static Job job(JobStatus status, Instant start, Instant end) {
        return new Job(
                Realms.any(), new CreateJob(DOCUMENT, "a.pdf", "application/pdf", start, end, status, null, null));
    }

    private static UpdateJob status(JobStatus status) {
        return new UpdateJob(DOCUMENT, null, null, null, null, status, null, null);
    }
}
