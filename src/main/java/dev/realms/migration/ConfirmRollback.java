package dev.realms.migration;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** Nobody goes back by accident. @param confirm {@code rollback} */
public record ConfirmRollback(
        @NotNull @Pattern(regexp = "rollback") String confirm) {}
