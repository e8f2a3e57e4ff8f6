package dev.realms.migration.finalize;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** Says that one knows what is asked for: there is no way back. */
public record FinalizeMigration(
        @NotNull @Pattern(regexp = "finalize", message = "must be finalize")
        String confirm) {}
