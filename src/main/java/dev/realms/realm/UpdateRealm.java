package dev.realms.realm;

import dev.realms.web.json.Kept;
import dev.realms.web.json.TextLength;
import dev.realms.web.json.VisibleName;
import jakarta.validation.constraints.NotNull;

/** A realm's new values. {@code isActive} may be left out; false is the same act as deleting, true the same as restoring. */
public record UpdateRealm(
        @NotNull @TextLength(min = 1, max = 100) @VisibleName
        String name,

        @TextLength(max = 500) String description,
        @Kept Boolean isActive) {

    public UpdateRealm {
        name = name == null ? null : name.strip();
    }
}
