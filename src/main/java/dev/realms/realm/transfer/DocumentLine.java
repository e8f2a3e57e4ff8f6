package dev.realms.realm.transfer;

import dev.realms.document.DocumentState;
import dev.realms.document.DocumentView;
import dev.realms.web.json.Ids;
import dev.realms.web.json.TextLength;
import dev.realms.web.json.VisibleName;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.Optional;

/** A document. */
public record DocumentLine(
        @NotNull String kind,

        @NotNull @Pattern(regexp = Ids.FORM, message = Ids.FAULT)
        String id,

        @NotBlank @TextLength(max = 2_000) @VisibleName String name,
        @NotNull String type,
        @NotNull DocumentState state,
        @NotNull @Min(0) Integer version,
        @NotNull @Min(0) Integer chunks,
        @NotNull @DecimalMin("0") @DecimalMax("1") Double quality,
        @NotNull Instant uploadDate,
        @Pattern(regexp = Ids.FORM, message = Ids.FAULT) String databaseId,
        @NotNull Instant createdAt,
        @NotNull Instant updatedAt)
        implements RowLine {

    static DocumentLine of(DocumentView row) {
        return new DocumentLine(
                RowKind.DOCUMENT.text(),
                row.id(),
                row.name(),
                row.type(),
                row.state(),
                row.version(),
                row.chunks(),
                row.quality(),
                row.uploadDate(),
                row.databaseId(),
                row.createdAt(),
                row.updatedAt());
    }

    @Override
    public RowKind rowKind() {
        return RowKind.DOCUMENT;
    }

    @Override
    public Optional<String> reference() {
        return Optional.ofNullable(databaseId);
    }
}
