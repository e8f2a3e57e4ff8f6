package dev.realms.migration.check;

import dev.realms.migration.check.Baseline.TableCheck;
import dev.realms.ops.Snapshots;
import dev.realms.realm.isolation.audit.AuditReport;
import dev.realms.realm.isolation.audit.IsolationAudit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether every row is still there and unchanged, and whether it is where it belongs.
 *
 * @param checks whether the pre-realm tables still hold what they held; none where nobody wrote that down
 * @param isolation whether every row is where it belongs
 */
public record VerificationReport(boolean passed, List<TableCheck> checks, AuditReport isolation) {

    /**
     * Reads one snapshot and changes nothing.
     *
     * @param connection of the schema owner, whom row-level security does not bind, in auto-commit mode
     */
    public static VerificationReport of(Connection connection) throws SQLException {
        return Snapshots.read(connection, snapshot -> {
            List<TableCheck> checks = Baseline.compare(snapshot);
            AuditReport isolation = IsolationAudit.run(snapshot, (check, done, total) -> {});
            boolean unchanged = checks.stream().allMatch(TableCheck::passed);
            return new VerificationReport(unchanged && isolation.passed(), checks, isolation);
        });
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
