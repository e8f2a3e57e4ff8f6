package dev.realms.job;

import dev.realms.web.json.Ids;
import dev.realms.web.json.Kept;
import dev.realms.web.json.TextLength;
import dev.realms.web.json.VisibleName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;

/** A job's new values. */
public record UpdateJob(
        @NotNull @Pattern(regexp = Ids.FORM, message = Ids.FAULT)
        String documentId,

        @Kept @TextLength(min = 1, max = 1_000) @VisibleName(leavesBlank = false)
        String documentName,

        @Kept @TextLength(min = 1, max = 255) String documentType,
        @Kept Instant startDate,
        Instant endDate,
        @Kept JobStatus status,
        @Kept @Min(0) @Max(100) Integer percentage,
        @Kept @TextLength(max = 10_000) String summary) {}
