package dev.realms.realm.isolation.audit;

import dev.realms.ops.ExclusiveJob;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.PendingStarts;
import dev.realms.ops.SavedReports;
import dev.realms.ops.Snapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts audits, does them in the job's step, and shows how they stand. */
@ApplicationScoped
class IsolationAudits extends ExclusiveJob {

    private static final Logger LOG = Logger.getLogger(IsolationAudits.class.getName());
    private static final String JOB = "isolation-audit";

    private OwnerDatabase database;

    IsolationAudits() {}

    @Inject
    IsolationAudits(OwnerDatabase database, PendingStarts pending) {
        super(database, pending, JOB, 0x5265616c6d733033L);
        this.database = database;
    }

    AuditView view() {
        return database.ask(connection -> AuditView.of(lastRun(connection), SavedReports.last(connection, JOB)));
    }

    /** An audit is one snapshot, and a snapshot does not outlive its session. */
    @Override
    protected Outcome work(ActiveRun run) throws SQLException {
        AuditReport report = Snapshots.read(run.connection(), snapshot -> IsolationAudit.run(snapshot, run::advance));
        int checks = report.checks().size();
        SavedReports.save(run.connection(), JOB, report.passed(), report);
        run.advance(null, checks, checks);
        LOG.log(
                report.passed() ? Level.INFO : Level.SEVERE,
                "Isolation audit: {0} checks in {1} ms. {2}",
                new Object[] {
                    checks, report.milliseconds(), report.passed() ? "All passed" : "Violated: " + report.failures()
                });
        return new Outcome(
                report.passed() ? AuditView.PASSED : AuditView.NOT_PASSED,
                Json.createObjectBuilder()
                        .add("checks", checks)
                        .add(
                                "violated",
                                report.checks().stream()
                                        .filter(check -> !check.passed())
                                        .count())
                        .build());
    }
}
