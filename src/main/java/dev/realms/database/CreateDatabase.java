package dev.realms.database;

import dev.realms.web.json.Ids;
import dev.realms.web.json.TextLength;
import dev.realms.web.json.VisibleName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Objects;

/** A database to be made on a server of the realm. */
public record CreateDatabase(
        @NotBlank @TextLength(max = 500) @VisibleName String name,
        @TextLength(max = 10_000) String description,

        @NotNull @Pattern(regexp = Ids.FORM, message = Ids.FAULT)
        String serverId) {

    public CreateDatabase {
        description = Objects.requireNonNullElse(description, "");
    }
}
