package dev.realms.apikey;

import dev.realms.web.json.TextLength;
import dev.realms.web.json.VisibleName;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;

/** A key's new name and expiry; without {@code expiresAt} it never expires. */
public record UpdateApiKey(
        @NotBlank @TextLength(max = 500) @VisibleName String name, Instant expiresAt) {}
