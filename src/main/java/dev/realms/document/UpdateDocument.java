package dev.realms.document;

import dev.realms.http.TextLength;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.UUID;

/** A document's new values. All but {@code name}, {@code type} and {@code databaseId} keep their value when left out. */
public record UpdateDocument(
        @NotBlank @TextLength(max = 1_000) String name,
        @NotBlank @TextLength(max = 255) String type,
        DocumentState state,
        @Min(1) Integer version,
        @Min(0) Integer chunks,
        @DecimalMin("0") @DecimalMax("1") Double quality,
        Instant uploadDate,
        UUID databaseId) {

    static UpdateDocument of(DocumentView document) {
        return new UpdateDocument(
                document.name(),
                document.type(),
                document.state(),
                document.version(),
                document.chunks(),
                document.quality(),
                document.uploadDate(),
                document.databaseId());
    }
}
