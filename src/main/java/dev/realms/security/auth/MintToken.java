package dev.realms.security.auth;

import dev.realms.user.Emails;
import dev.realms.web.json.TextLength;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * A token to be made by the local issuer.
 *
 * @param ttlSeconds how long it is good for: up to 30 days, an hour when left out
 */
public record MintToken(
        @NotNull @TextLength(max = Emails.LONGEST) @Pattern(regexp = Emails.PATTERN, message = Emails.MESSAGE)
        String email,

        @Min(1) @Max(2_592_000) Integer ttlSeconds) {

    public MintToken {
        email = email == null ? null : email.strip();
        ttlSeconds = ttlSeconds == null ? 3600 : ttlSeconds;
    }
}
