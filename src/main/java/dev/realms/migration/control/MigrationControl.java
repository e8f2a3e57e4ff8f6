package dev.realms.migration.control;

import static dev.realms.migration.state.MigrationState.EXPANDED;
import static dev.realms.migration.state.MigrationState.FAILED;
import static dev.realms.migration.state.MigrationState.PAUSED;
import static dev.realms.migration.state.MigrationState.ROLLED_BACK;
import static dev.realms.migration.state.MigrationState.ROLLING_BACK;
import static dev.realms.migration.state.MigrationState.RUNNING;
import static dev.realms.migration.state.MigrationState.STOPPED;
import static dev.realms.migration.state.MigrationState.VERIFYING;

import dev.realms.migration.answer.Answers;
import dev.realms.migration.check.Differences;
import dev.realms.migration.check.Preflight;
import dev.realms.migration.check.PreflightReport;
import dev.realms.migration.check.Verification;
import dev.realms.migration.check.VerificationReport;
import dev.realms.migration.job.MigrationJob;
import dev.realms.migration.move.FailedChunks;
import dev.realms.migration.move.Progress;
import dev.realms.migration.pressure.LimitsStore;
import dev.realms.migration.rollback.Restore;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.Operator;
import dev.realms.migration.state.RunnerLease;
import dev.realms.migration.state.StateRow;
import dev.realms.migration.state.StateStore;
import dev.realms.migration.state.Versions;
import dev.realms.migration.state.Vitals;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.PendingStarts;
import dev.realms.ops.Reports;
import dev.realms.ops.Transactions;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * What operators may do. Whoever moves the state has won; everybody else who wanted the same move gets {@code wrong-state}.
 *
 * <p>To be called outside any transaction, because a job may not be started inside one.
 */
@ApplicationScoped
public class MigrationControl {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public static final Set<MigrationState> STARTABLE = Set.of(EXPANDED, STOPPED, FAILED, ROLLED_BACK);

    @Inject
    private OwnerDatabase database;

    @Inject
    private PendingStarts pending;

    MigrationView view() {
        return database.ask(connection -> MigrationView.of(
                StateStore.read(connection),
                RunnerLease.holder(connection),
                Progress.read(connection),
                Vitals.read(connection),
                LimitsStore.read(connection).targetMilliseconds(),
                FailedChunks.open(connection),
                StateStore.now(connection)));
    }

    /** @param given what an operator answers; empty for what was answered before */
    PreflightReport preflight(String actor, Optional<Answers> given) {
        return database.ask(connection -> {
            requireRealms(connection, new AuditEntry(actor, "preflight"));
            return preflight(connection, actor, answers(connection, given));
        });
    }

    void start(Operator operator) {
        start(operator, Optional.empty(), List.of());
    }

    /**
     * @param given as {@link #preflight}
     * @param accepted differences, as {@link Differences#accept}
     * @throws DomainException {@code wrong-state}, or {@code preflight-findings} when something gets in the way
     */
    void start(Operator operator, Optional<Answers> given, List<String> accepted) {
        AuditEntry entry = given.map(answers -> new AuditEntry(operator.actor(), "start", answers.json()))
                .orElseGet(() -> new AuditEntry(operator.actor(), "start"));
        database.ask(connection -> {
            require(connection, STARTABLE, operator, entry);
            return null;
        });
        awaitEnd("start");
        database.ask(connection -> {
            Differences.accept(connection, operator.actor(), accepted);
            // After a rollback there are no realms to ask about; the job asks when they are back.
            if (!Restore.isDue(connection)) {
                PreflightReport report = preflight(connection, operator.actor(), answers(connection, given));
                if (!report.ready()) {
                    entry.write(connection, "refused: findings");
                    throw new DomainException(ProblemType.PREFLIGHT_FINDINGS, report.sentence());
                }
            }
            return null;
        });
        begin(connection -> {
            boolean moved = Transactions.runPatiently(connection, transaction -> {
                boolean won = StateStore.move(transaction, STARTABLE, operator.seen(), RUNNING, null, entry);
                if (won && given.isPresent()) {
                    given.get().write(transaction);
                }
                return won;
            });
            if (!moved) {
                throw refusal(connection, operator, entry);
            }
            return true;
        });
    }

    private void begin(OwnerDatabase.Work<Boolean> move) {
        pending.start(RunnerLease.PENDING, move, () -> MigrationJob.start(database));
    }

    void pause(Operator operator) {
        move(Set.of(RUNNING), PAUSED, operator, "pause");
    }

    void resume(Operator operator) {
        awaitEnd("resume");
        AuditEntry entry = new AuditEntry(operator.actor(), "resume");
        begin(connection -> move(connection, Set.of(PAUSED), RUNNING, operator, entry));
    }

    void stop(Operator operator) {
        move(Set.of(RUNNING, PAUSED, VERIFYING), STOPPED, operator, "stop");
    }

    /** Asks the data, in any state in which there are realms, and moves nothing. @param accepted as {@link Differences#accept} */
    VerificationReport verify(String actor, List<String> accepted) {
        return database.ask(connection -> {
            requireRealms(connection, new AuditEntry(actor, "verify"));
            Differences.accept(connection, actor, accepted);
            VerificationReport report = Verification.run(connection);
            Reports.save(connection, "verification", report.passed(), report);
            new AuditEntry(actor, "verify").write(connection, report.passed() ? "passed" : "not passed");
            return report;
        });
    }

    private static Answers answers(Connection connection, Optional<Answers> given) throws SQLException {
        return given.isPresent() ? given.get() : Answers.read(connection);
    }

    private static PreflightReport preflight(Connection connection, String actor, Answers answers) throws SQLException {
        PreflightReport report = Preflight.run(connection, answers);
        Reports.save(connection, "preflight", report.ready(), report);
        new AuditEntry(actor, "preflight").write(connection, report.ready() ? "ready" : "findings");
        return report;
    }

    private void move(Set<MigrationState> from, MigrationState to, Operator operator, String act) {
        database.ask(connection -> move(connection, from, to, operator, new AuditEntry(operator.actor(), act)));
    }

    private static boolean move(
            Connection connection, Set<MigrationState> from, MigrationState to, Operator operator, AuditEntry entry)
            throws SQLException {
        if (!StateStore.move(connection, from, operator.seen(), to, null, entry)) {
            throw refusal(connection, operator, entry);
        }
        return true;
    }

    static void require(Connection connection, Set<MigrationState> from, Operator operator, AuditEntry entry)
            throws SQLException {
        StateRow row = StateStore.read(connection);
        if (!from.contains(row.state()) || !operator.seen().has(row.version())) {
            throw refusal(connection, operator, entry);
        }
    }

    /** From a rollback on until a start has brought them back there are none to ask about. */
    private static void requireRealms(Connection connection, AuditEntry entry) throws SQLException {
        if (Restore.isDue(connection) || StateStore.is(connection, ROLLING_BACK)) {
            throw refusal(connection, new Operator(entry.actor(), Versions.ANY), entry);
        }
    }

    /** An execution that was told to stop ends with its portion; only an index that is being built takes longer. */
    void awaitEnd(String act) {
        Instant end = Instant.now().plus(PATIENCE);
        while (database.ask(MigrationControl::isEnding)) {
            if (Instant.now().isAfter(end)) {
                throw new DomainException(
                        ProblemType.WRONG_STATE,
                        "The execution that was told to stop has not ended yet: it can't %s.".formatted(act));
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static boolean isEnding(Connection connection) throws SQLException {
        return !StateStore.read(connection).state().isUnderWay()
                && RunnerLease.holder(connection).isPresent();
    }

    /** What was refused is an act, too. */
    static DomainException refusal(Connection connection, Operator operator, AuditEntry entry) throws SQLException {
        StateRow row = StateStore.read(connection);
        if (!operator.seen().has(row.version())) {
            entry.write(connection, "refused: stale");
            return new DomainException(ProblemType.STALE, "The migration's state has changed since it was read.");
        }
        String state = row.state().text();
        entry.write(connection, "refused: " + state);
        return new DomainException(
                ProblemType.WRONG_STATE, "The migration is %s: it can't %s.".formatted(state, entry.act()));
    }
}
