package dev.realms.realm.isolation.audit;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an audit asked of the data, and what it found.
 *
 * @param at when the snapshot was taken that all of it was asked of
 */
public record AuditReport(boolean passed, Instant at, long milliseconds, List<AuditCheck> checks) {

    /**
     * An invariant that was asked, and the answer.
     *
     * @param check which one, in kebab-case
     * @param rows how many were asked
     * @param violations how many of them violate it
     * @param ids the first of these
     */
    public record AuditCheck(
            String check,
            String table,
            boolean passed,
            long rows,
            long violations,
            List<String> ids,
            long milliseconds) {}

    static AuditReport of(Instant at, long milliseconds, List<AuditCheck> checks) {
        return new AuditReport(checks.stream().allMatch(AuditCheck::passed), at, milliseconds, List.copyOf(checks));
    }

    /** The checks that failed, where, and by how many rows; empty when none did. */
    public String failures() {
        return checks.stream()
                .filter(check -> !check.passed())
                .map(check -> "%s (%s, %d of %d rows)"
                        .formatted(check.check(), check.table(), check.violations(), check.rows()))
                .collect(Collectors.joining(", "));
    }
}
