package dev.realms.server;

import dev.realms.web.json.TextLength;
import dev.realms.web.json.VisibleName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Objects;

/** A server to be made known to the realm; not active unless said otherwise. */
public record CreateServer(
        @NotBlank @TextLength(max = 500) @VisibleName String name,
        @NotNull ServerType type,
        @NotBlank @TextLength(max = 500) String host,
        @NotNull @Min(1) @Max(65_535) Integer port,
        @TextLength(max = 500) String username,
        @TextLength(min = 1, max = 4_000) String password,
        @TextLength(min = 1, max = 4_000) String apiKey,
        @TextLength(max = 500) String database,
        @TextLength(max = 500) String collection,
        Boolean isActive,
        Instant lastConnected) {

    public CreateServer {
        isActive = Objects.requireNonNullElse(isActive, false);
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return "CreateServer[" + name + "]";
    }
}
