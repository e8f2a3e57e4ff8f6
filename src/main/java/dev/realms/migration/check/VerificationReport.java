package dev.realms.migration.check;

import java.util.List;
import java.util.stream.Collectors;

/** What a verification asked and found. */
public record VerificationReport(boolean passed, List<Check> checks) {

    static VerificationReport of(List<Check> checks) {
        return new VerificationReport(checks.stream().allMatch(Check::passed), checks);
    }

    /** One sentence for the state's reason: which checks failed where. */
    public String sentence() {
        return passed
                ? "All %d checks passed.".formatted(checks.size())
                : "Verification failed: "
                        + checks.stream()
                                .filter(check -> !check.passed())
                                .map(check -> "%s (%s, %d instead of %d rows)"
                                        .formatted(check.check(), check.table(), check.found(), check.expected()))
                                .collect(Collectors.joining(", "))
                        + ".";
    }
}
