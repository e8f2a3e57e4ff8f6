package dev.realms.database;

import dev.realms.web.json.TextLength;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import java.util.UUID;

/** A database to be made on a server of the realm. */
public record CreateDatabase(
        @NotBlank @TextLength(max = 500) String name,
        @TextLength(max = 10_000) String description,
        @NotNull UUID serverId) {

    public CreateDatabase {
        description = Objects.requireNonNullElse(description, "");
    }
}
