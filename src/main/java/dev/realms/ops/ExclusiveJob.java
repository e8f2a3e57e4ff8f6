package dev.realms.ops;

import dev.realms.sql.Causes;
import dev.realms.sql.Sql;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A batch job of which one execution is at work at a time, on whichever node. Whoever asks for a run claims it in the database; whoever
 * does it holds a lock. Every start, refusal and end is written to the audit log. Operators stop it while it is at work, and restart it
 * when it is not. Its job XML has one step, {@code exclusiveJobStep}.
 */
public abstract class ExclusiveJob implements OperatedJob {

    /** The name of the job parameter that says which run this is. */
    public static final String RUN = "run";

    private static final Logger LOG = Logger.getLogger(ExclusiveJob.class.getName());

    private OwnerDatabase database;
    private PendingStarts pending;
    private ExclusiveRuns runs;

    /** For the proxy of a bean. */
    protected ExclusiveJob() {}

    /**
     * @param name the id of its job XML
     * @param key of its advisory lock; any number that nobody else uses
     */
    protected ExclusiveJob(OwnerDatabase database, PendingStarts pending, String name, long key) {
        this.database = database;
        this.pending = pending;
        this.runs = new ExclusiveRuns(name, key);
    }

    /** How the work ended. @param counts ids and counts for the audit log */
    public record Outcome(String text, JsonObject counts) {}

    /** The run as its work sees it. @param connection of the session that holds the lock, in auto-commit mode */
    public record ActiveRun(
            OwnerDatabase database, ExclusiveRuns runs, UUID id, Connection connection, BooleanSupplier stopped) {

        /**
         * Tells everybody how far the work is. Ends it, by an exception, when the application server asks for that or when the
         * session, and the lock with it, is lost.
         */
        public void advance(String step, long done, long total) {
            if (stopped.getAsBoolean()) {
                throw new Stopped();
            }
            try {
                Sql.execute(connection, "SELECT");
            } catch (SQLException lost) {
                throw new DatabaseFault(lost);
            }
            database.ask(other -> {
                runs.advance(other, id, step, done, total);
                return null;
            });
        }
    }

    /** Does what is left to do, and says so by {@link ActiveRun#advance}. What it throws ends the run early. */
    protected abstract Outcome work(ActiveRun run) throws Exception;

    @Override
    public String name() {
        return runs.kind();
    }

    public Optional<ExclusiveRun> lastRun(Connection connection) throws SQLException {
        return runs.last(connection);
    }

    /**
     * To be called outside any transaction, because a job may not be started inside one.
     *
     * @throws DomainException {@code wrong-state} when one is under way
     */
    public void start(String actor) {
        AtomicReference<UUID> run = new AtomicReference<>();
        boolean claimed = pending.start(
                runs.pendingKey(),
                connection -> {
                    claim(connection, actor).ifPresent(run::set);
                    return run.get() != null;
                },
                () -> startJob(run.get()));
        if (!claimed) {
            throw new DomainException(ProblemType.WRONG_STATE, "The job " + name() + " is under way already.");
        }
    }

    private long startJob(UUID run) {
        Properties parameters = new Properties();
        parameters.setProperty(RUN, run.toString());
        try {
            return BatchRuntime.getJobOperator().start(name(), parameters);
        } catch (RuntimeException fault) {
            endEarly(run, "The application server could not start the job.");
            throw fault;
        }
    }

    private boolean isUnderWay() {
        return database.ask(runs::last).filter(ExclusiveRun::underWay).isPresent();
    }

    @Override
    public boolean canStop() {
        return isUnderWay();
    }

    @Override
    public boolean canRestart() {
        return !isUnderWay();
    }

    @Override
    public void stop(String actor, long execution) {
        OperatedJob.tellToStop(database, new AuditEntry(actor, name()), execution);
    }

    @Override
    public void restart(String actor) {
        start(actor);
    }

    /**
     * @param claimed the run that was claimed; null or empty when the server's own tools started the job
     * @return the exit status
     */
    public String run(String claimed, BooleanSupplier stopped) throws Exception {
        Optional<UUID> run = claimed == null || claimed.isEmpty()
                ? database.ask(connection -> claim(connection, AuditEntry.SYSTEM))
                : Optional.of(UUID.fromString(claimed));
        Optional<LockedSession> session = run.isPresent() ? runs.begin(database, run.get()) : Optional.empty();
        pending.begun(runs.pendingKey());
        if (session.isEmpty()) {
            return "another one is under way";
        }
        try (LockedSession held = session.get()) {
            return runToEnd(new ActiveRun(database, runs, run.get(), held.connection(), stopped));
        }
    }

    private String runToEnd(ActiveRun run) {
        try {
            Outcome outcome = work(run);
            AuditEntry entry = new AuditEntry(AuditEntry.SYSTEM, name(), outcome.counts());
            end(run.connection(), run.id(), outcome.text(), entry, outcome.text());
            return outcome.text();
        } catch (Exception fault) {
            String reason = fault instanceof Stopped
                    ? fault.getMessage()
                    : "The job failed: "
                            + DatabaseFault.sentence(Causes.innermost(fault)).replaceFirst("\\.$", "") + ".";
            LOG.log(Level.WARNING, "Job {0} ended early: {1}", new Object[] {name(), reason});
            endEarly(run.id(), reason);
            throw new StepFailed(reason, fault);
        }
    }

    private Optional<UUID> claim(Connection connection, String actor) throws SQLException {
        return Transactions.run(connection, transaction -> {
            Optional<UUID> run = runs.claim(transaction, actor);
            new AuditEntry(actor, name()).write(transaction, run.isPresent() ? "started" : "refused: under way");
            return run;
        });
    }

    /** Whoever sees that it has ended finds it in the audit log. */
    private void end(Connection connection, UUID run, String outcome, AuditEntry entry, String logged)
            throws SQLException {
        Transactions.run(connection, transaction -> {
            runs.end(transaction, run, outcome);
            entry.write(transaction, logged);
            return null;
        });
    }

    private void endEarly(UUID run, String reason) {
        database.ask(connection -> {
            end(connection, run, reason, AuditEntry.bySystem(name()), "ended early");
            return null;
        });
    }

    private static final class Stopped extends RuntimeException {
        Stopped() {
            super("The application server stopped the job.");
        }
    }
}
