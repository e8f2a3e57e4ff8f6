package dev.realms.document;

import dev.realms.web.json.Ids;
import dev.realms.web.json.TextLength;
import dev.realms.web.json.VisibleName;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.Objects;

/** A document to be taken in: pending, first version and uploaded now unless said otherwise. */
public record CreateDocument(
        @NotBlank @TextLength(max = 1_000) @VisibleName String name,
        @NotBlank @TextLength(max = 255) String type,
        DocumentState state,
        @Min(1) Integer version,
        @Min(0) Integer chunks,
        @DecimalMin("0") @DecimalMax("1") Double quality,
        Instant uploadDate,
        @Pattern(regexp = Ids.FORM, message = Ids.FAULT) String databaseId) {

    public CreateDocument {
        state = Objects.requireNonNullElse(state, DocumentState.PENDING);
        version = Objects.requireNonNullElse(version, 1);
        chunks = Objects.requireNonNullElse(chunks, 0);
        quality = Objects.requireNonNullElse(quality, 0.0);
    }
}
