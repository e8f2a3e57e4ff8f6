package dev.realms.migration.control;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Nobody goes back by accident.
 *
 * @param confirm {@code rollback}
 * @param accept as in {@link AcceptDifferences}
 */
public record ConfirmRollback(
        @NotNull @Pattern(regexp = "rollback") String confirm,
        @Size(max = AcceptDifferences.MOST) List<String> accept) {

    List<String> accepted() {
        return AcceptDifferences.orNone(accept);
    }
}
