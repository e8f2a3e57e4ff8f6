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
 * @param expectedSeconds for all of it, verification and contract included; null of a schema that has not been expanded
 * @param forecast what that rests on, or null
 */
public record PreflightReport(
        boolean ready,
        Map<String, Long> rows,
        Map<String, Long> rowsToTouch,
        Long expectedSeconds,
        Forecast forecast,
        List<Finding> findings) {

    /** One sentence that names what gets in the way. */
    public String sentence() {
        return findings.stream()
                .filter(Finding::blocks)
                .map(finding -> finding.code() + " (" + finding.count() + ")")
                .collect(Collectors.joining(", ", "Findings of the preflight get in the way: ", "."));
    }
}
