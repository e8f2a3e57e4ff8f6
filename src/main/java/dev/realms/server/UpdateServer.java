package dev.realms.server;

import dev.realms.web.json.Change;
import dev.realms.web.json.Kept;
import dev.realms.web.json.TextLength;
import dev.realms.web.json.VisibleName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/** A server's new values. The credentials, too, keep their value when left out, but null clears them. */
public record UpdateServer(
        @NotBlank @TextLength(max = 500) @VisibleName String name,
        @NotNull ServerType type,
        @NotBlank @TextLength(max = 500) String host,
        @NotNull @Min(1) @Max(65_535) Integer port,
        @TextLength(max = 500) String username,
        @TextLength(min = 1, max = 4_000) Change<String> password,
        @TextLength(min = 1, max = 4_000) Change<String> apiKey,
        @TextLength(max = 500) String database,
        @TextLength(max = 500) String collection,
        @Kept Boolean isActive,
        Instant lastConnected) {

    /** Without the credentials. */
    @Override
    public String toString() {
        return "UpdateServer[" + name + "]";
    }
}
