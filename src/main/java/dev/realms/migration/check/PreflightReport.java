package dev.realms.migration.check;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a start would meet.
 *
 * @param ready nothing gets in the way
 * @param rows all rows, by table
 * @param rowsToTouch those without a realm, by table; of {@code users} those without a default realm
 * @param expectedSeconds from {@link Preflight#ROWS_PER_SECOND}
 */
public record PreflightReport(
        boolean ready,
        Map<String, Long> rows,
        Map<String, Long> rowsToTouch,
        long expectedSeconds,
        List<Finding> findings) {

    /** One sentence that names what gets in the way. */
    public String sentence() {
        return findings.stream()
                .filter(Finding::blocks)
                .map(finding -> finding.code() + " (" + finding.count() + ")")
                .collect(Collectors.joining(", ", "Findings of the preflight get in the way: ", "."));
    }
}
