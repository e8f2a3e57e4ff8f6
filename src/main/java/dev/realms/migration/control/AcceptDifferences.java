package dev.realms.migration.control;

import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * What an operator may say with a verification.
 *
 * @param accept names of differences, as the last look shows them, that an operator has looked at; null for none
 */
public record AcceptDifferences(
        @Size(max = AcceptDifferences.MOST) List<String> accept) {

    /** There is one for each table at most. */
    static final int MOST = 100;

    List<String> accepted() {
        return orNone(accept);
    }

    static List<String> orNone(List<String> accept) {
        return accept == null ? List.of() : accept;
    }
}
