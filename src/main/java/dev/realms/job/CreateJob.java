package dev.realms.job;

import dev.realms.web.json.Ids;
import dev.realms.web.json.TextLength;
import dev.realms.web.json.VisibleName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.Objects;

/** A job to be made for a document of the realm: pending and started now unless said otherwise. */
public record CreateJob(
        @NotNull @Pattern(regexp = Ids.FORM, message = Ids.FAULT)
        String documentId,

        @TextLength(min = 1, max = 1_000) @VisibleName(leavesBlank = false)
        String documentName,

        @TextLength(min = 1, max = 255) String documentType,
        Instant startDate,
        Instant endDate,
        JobStatus status,
        @Min(0) @Max(100) Integer percentage,
        @TextLength(max = 10_000) String summary) {

    public CreateJob {
        status = Objects.requireNonNullElse(status, JobStatus.PENDING);
        percentage = Objects.requireNonNullElse(percentage, 0);
        summary = Objects.requireNonNullElse(summary, "");
    }

    boolean namesDocument() {
        return documentName != null && documentType != null;
    }

    CreateJob of(String name, String type) {
        return new CreateJob(
                documentId,
                Objects.requireNonNullElse(documentName, name),
                Objects.requireNonNullElse(documentType, type),
                startDate,
                endDate,
                status,
                percentage,
                summary);
    }
}
