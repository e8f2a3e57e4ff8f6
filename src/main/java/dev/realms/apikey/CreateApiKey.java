package dev.realms.apikey;

import dev.realms.web.json.TextLength;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;

/** A key to be made; it never expires unless {@code expiresAt} is given. */
public record CreateApiKey(
        @NotBlank @TextLength(max = 500) String name,
        @Future Instant expiresAt) {}
