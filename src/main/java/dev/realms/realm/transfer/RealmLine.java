package dev.realms.realm.transfer;

import dev.realms.web.json.TextLength;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;

/**
 * The first line: the realm itself.
 *
 * @param version of the form of the lines, 1
 * @param exportedAt the moment whose state the lines show
 * @param salt by which the key of the credentials follows from the passphrase; null where they were left out
 */
public record RealmLine(
        @NotNull String kind,
        @NotNull @Min(1) @Max(1) Integer version,
        @NotNull @TextLength(min = 1, max = 100) String name,
        @TextLength(max = 500) String description,
        Instant exportedAt,

        @Pattern(regexp = "[A-Za-z0-9_-]{22}", message = "must be 16 bytes in base64url")
        String salt) {

    static final String KIND = "realm";

    static final int VERSION = 1;
}
