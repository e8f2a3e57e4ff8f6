package dev.realms.migration.control;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** Says that one knows what is asked for: the rows stay where they are, and {@code migrated} out of reach. */
public record SkipChunk(
        @NotNull @Pattern(regexp = "skip", message = "must be skip")
        String confirm) {}
