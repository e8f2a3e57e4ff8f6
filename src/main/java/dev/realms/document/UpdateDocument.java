package dev.realms.document;

import dev.realms.web.json.Ids;
import dev.realms.web.json.Kept;
import dev.realms.web.json.TextLength;
import dev.realms.web.json.VisibleName;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;

/** A document's new values. */
public record UpdateDocument(
        @NotBlank @TextLength(max = 1_000) @VisibleName String name,
        @NotBlank @TextLength(max = 255) String type,
        @Kept DocumentState state,
        @Kept @Min(1) Integer version,
        @Kept @Min(0) Integer chunks,
        @Kept @DecimalMin("0") @DecimalMax("1") Double quality,
        @Kept Instant uploadDate,
        @Pattern(regexp = Ids.FORM, message = Ids.FAULT) String databaseId) {}
