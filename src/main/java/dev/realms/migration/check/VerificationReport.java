package dev.realms.migration.check;

import dev.realms.realm.isolation.audit.AuditReport;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a verification asked and found.
 *
 * @param checks whether the tables from before realms still hold what they held; none where nobody wrote that down
 * @param isolation whether every row is where it belongs
 */
public record VerificationReport(boolean passed, List<Check> checks, AuditReport isolation) {

    static VerificationReport of(List<Check> checks, AuditReport isolation) {
        return new VerificationReport(isolation.passed() && checks.stream().allMatch(Check::passed), checks, isolation);
    }

    /** One sentence for the state's reason: which checks failed where. */
    public String sentence() {
        return passed
                ? "All %d checks passed."
                        .formatted(checks.size() + isolation.checks().size())
                : Stream.concat(
                                checks.stream()
                                        .filter(check -> !check.passed())
                                        .map(check -> "%s (%s, %d instead of %d rows)"
                                                .formatted(
                                                        check.check(), check.table(), check.found(), check.expected())),
                                Stream.of(isolation.failures()).filter(failures -> !failures.isEmpty()))
                        .collect(Collectors.joining(", ", "Verification failed: ", "."));
    }
}
