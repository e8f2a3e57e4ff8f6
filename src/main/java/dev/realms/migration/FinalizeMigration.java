package dev.realms.migration;

import jakarta.validation.constraints.NotNull;

/** There is no way back, so it is asked for by name. */
public record FinalizeMigration(@NotNull Word confirm) {

    /** The one word that confirms it, as it is written. */
    public enum Word {
        finalize
    }
}
