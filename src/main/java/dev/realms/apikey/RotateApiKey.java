package dev.realms.apikey;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Objects;

/** For how many seconds, up to a week, the old key goes on working beside the new one; none unless said otherwise. */
public record RotateApiKey(@Min(0) @Max(604_800) Integer graceSeconds) {

    public RotateApiKey {
        graceSeconds = Objects.requireNonNullElse(graceSeconds, 0);
    }
}
