package dev.realms.realm.transfer;

import dev.realms.job.JobStatus;
import dev.realms.job.JobView;
import dev.realms.web.json.Ids;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.Optional;

/** A job. */
public record JobLine(
        @NotNull String kind,

        @NotNull @Pattern(regexp = Ids.FORM, message = Ids.FAULT)
        String id,

        @NotNull @Pattern(regexp = Ids.FORM, message = Ids.FAULT)
        String documentId,

        @NotNull String documentName,
        @NotNull String documentType,
        @NotNull Instant startDate,
        Instant endDate,
        @NotNull JobStatus status,
        @NotNull @Min(0) @Max(100) Integer percentage,
        @NotNull String summary,
        @NotNull Instant createdAt,
        @NotNull Instant updatedAt)
        implements RowLine {

    static JobLine of(JobView row) {
        return new JobLine(
                RowKind.JOB.text(),
                row.id(),
                row.documentId(),
                row.documentName(),
                row.documentType(),
                row.startDate(),
                row.endDate(),
                row.status(),
                row.percentage(),
                row.summary(),
                row.createdAt(),
                row.updatedAt());
    }

    @Override
    public RowKind rowKind() {
        return RowKind.JOB;
    }

    @Override
    public Optional<String> reference() {
        return Optional.of(documentId);
    }
}
