package dev.realms.realm.transfer;

import dev.realms.database.DatabaseView;
import dev.realms.web.json.Ids;
import dev.realms.web.json.TextLength;
import dev.realms.web.json.VisibleName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.Optional;

/** A database. */
public record DatabaseLine(
        @NotNull String kind,

        @NotNull @Pattern(regexp = Ids.FORM, message = Ids.FAULT)
        String id,

        @NotBlank @TextLength(max = 2_000) @VisibleName String name,
        @NotNull String description,
        @NotNull Instant lastUpdated,

        @NotNull @Pattern(regexp = Ids.FORM, message = Ids.FAULT)
        String serverId,

        @NotNull Instant createdAt,
        @NotNull Instant updatedAt)
        implements RowLine {

    static DatabaseLine of(DatabaseView row) {
        return new DatabaseLine(
                RowKind.DATABASE.text(),
                row.id(),
                row.name(),
                row.description(),
                row.lastUpdated(),
                row.serverId(),
                row.createdAt(),
                row.updatedAt());
    }

    @Override
    public RowKind rowKind() {
        return RowKind.DATABASE;
    }

    @Override
    public Optional<String> reference() {
        return Optional.of(serverId);
    }
}
