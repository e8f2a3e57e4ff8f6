package dev.realms.database;

import dev.realms.web.json.Ids;
import dev.realms.web.json.Kept;
import dev.realms.web.json.TextLength;
import dev.realms.web.json.VisibleName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** A database's new values. */
public record UpdateDatabase(
        @NotBlank @TextLength(max = 500) @VisibleName String name,
        @Kept @TextLength(max = 10_000) String description,

        @NotNull @Pattern(regexp = Ids.FORM, message = Ids.FAULT)
        String serverId) {}
