package dev.realms.job;

import dev.realms.http.TextLength;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;

/** A job's new values. All but {@code documentId} and {@code endDate} keep their value when left out. */
public record UpdateJob(
        @NotNull UUID documentId,
        @TextLength(min = 1, max = 1_000) String documentName,
        @TextLength(min = 1, max = 255) String documentType,
        Instant startDate,
        Instant endDate,
        JobStatus status,
        @Min(0) @Max(100) Integer percentage,
        @TextLength(max = 10_000) String summary) {

    static UpdateJob of(JobView job) {
        return new UpdateJob(
                job.documentId(),
                job.documentName(),
                job.documentType(),
                job.startDate(),
                job.endDate(),
                job.status(),
                job.percentage(),
                job.summary());
    }
}
