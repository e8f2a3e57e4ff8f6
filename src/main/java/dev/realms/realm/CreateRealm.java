package dev.realms.realm;

import dev.realms.web.json.TextLength;
import dev.realms.web.json.VisibleName;
import jakarta.validation.constraints.NotNull;

/** A realm to be made. The name counts after trimming. */
public record CreateRealm(
        @NotNull @TextLength(min = 1, max = 100) @VisibleName
        String name,

        @TextLength(max = 500) String description) {

    public CreateRealm {
        name = name == null ? null : name.strip();
    }
}
