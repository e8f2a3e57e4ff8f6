package dev.realms.realm.transfer;

import jakarta.validation.constraints.NotNull;

/** The last line: how many of each kind there are. Where it is missing, an export was cut off. */
public record EndLine(
        @NotNull String kind,
        @NotNull Integer servers,
        @NotNull Integer databases,
        @NotNull Integer documents,
        @NotNull Integer jobs) {

    static final String KIND = "end";
}
