package dev.realms.audit;

import dev.realms.owner.AuditEntry;
import dev.realms.owner.DatabaseFault;
import dev.realms.owner.LockedSession;
import dev.realms.owner.OwnerDatabase;
import dev.realms.owner.Reports;
import dev.realms.owner.Runs;
import dev.realms.owner.Snapshots;
import dev.realms.owner.StepFailed;
import dev.realms.problem.DomainException;
import dev.realms.problem.ProblemType;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts audits, does them in the job's step, and shows how they stand. One at a time, on whichever node. */
@ApplicationScoped
class IsolationAudits {

    static final String JOB = "isolation-audit";

    private static final Logger LOG = Logger.getLogger(IsolationAudits.class.getName());
    private static final Runs RUNS = new Runs(JOB, 0x5265616c6d733033L);

    @Inject
    private OwnerDatabase database;

    AuditView view() {
        return database.ask(connection -> AuditView.of(RUNS.last(connection), Reports.last(connection, JOB)));
    }

    /**
     * To be called outside any transaction, because a job may not be started inside one.
     *
     * @throws DomainException {@code wrong-state} when one is under way
     */
    void start(String actor) {
        UUID run = claim(actor)
                .orElseThrow(
                        () -> new DomainException(ProblemType.WRONG_STATE, "An isolation audit is under way already."));
        Properties parameters = new Properties();
        parameters.setProperty(IsolationAuditStep.RUN, run.toString());
        try {
            BatchRuntime.getJobOperator().start(JOB, parameters);
        } catch (RuntimeException fault) {
            end(run, "The application server could not start the job.");
            throw fault;
        }
    }

    private Optional<UUID> claim(String actor) {
        return database.ask(connection -> {
            Optional<UUID> run = RUNS.claim(connection, actor);
            new AuditEntry(actor, JOB).write(connection, run.isPresent() ? "started" : "refused: under way");
            return run;
        });
    }

    /**
     * @param asked the run that was claimed; null or empty when the server's own tools started the job
     * @return the exit status
     */
    String run(String asked, BooleanSupplier stopped) throws Exception {
        Optional<UUID> run =
                asked == null || asked.isEmpty() ? claim(AuditEntry.SYSTEM) : Optional.of(UUID.fromString(asked));
        Optional<LockedSession> session = run.isPresent() ? RUNS.begin(database, run.get()) : Optional.empty();
        if (session.isEmpty()) {
            return "another audit is under way";
        }
        try (LockedSession held = session.get()) {
            return audit(run.get(), held.connection(), stopped);
        } catch (SQLException | RuntimeException fault) {
            String reason = fault instanceof Stopped
                    ? fault.getMessage()
                    : "The audit failed: " + DatabaseFault.sentence(fault) + ".";
            LOG.log(Level.WARNING, "The isolation audit ended early: {0}", reason);
            end(run.get(), reason);
            throw new StepFailed(reason, fault);
        }
    }

    private String audit(UUID run, Connection connection, BooleanSupplier stopped) throws SQLException {
        AuditReport report = Snapshots.read(
                connection,
                statement -> IsolationAudit.run(statement, (check, done, total) -> {
                    if (stopped.getAsBoolean()) {
                        throw new Stopped();
                    }
                    database.ask(other -> {
                        RUNS.advance(other, run, check, done, total);
                        return null;
                    });
                }));
        Reports.save(connection, JOB, report.passed(), report);
        String outcome = report.passed() ? AuditView.PASSED : AuditView.NOT_PASSED;
        Level level = report.passed() ? Level.INFO : Level.SEVERE;
        LOG.log(level, "Isolation audit: {0} checks in {1} ms, {2}", new Object[] {
            report.checks().size(), report.milliseconds(), report.passed() ? outcome : report.failures()
        });
        RUNS.advance(
                connection, run, null, report.checks().size(), report.checks().size());
        AuditEntry.bySystem(JOB).write(connection, outcome);
        RUNS.end(connection, run, outcome);
        return outcome;
    }

    private void end(UUID run, String reason) {
        database.ask(connection -> {
            RUNS.end(connection, run, reason);
            AuditEntry.bySystem(JOB).write(connection, "ended early");
            return null;
        });
    }

    private static final class Stopped extends RuntimeException {
        Stopped() {
            super("The application server stopped the job.");
        }
    }
}
