package dev.realms.apikey;

import dev.realms.web.json.TextLength;
import dev.realms.web.json.VisibleName;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.Objects;

/** A key to be made; it never expires unless {@code expiresAt} is given, and may write unless its access is said. */
public record CreateApiKey(
        @NotBlank @TextLength(max = 500) @VisibleName String name,
        KeyAccess access,
        @Future Instant expiresAt) {

    public CreateApiKey {
        access = Objects.requireNonNullElse(access, KeyAccess.WRITE);
    }
}
