package dev.realms.migration.control;

import static dev.realms.migration.state.MigrationState.FAILED;
import static dev.realms.migration.state.MigrationState.PAUSED;
import static dev.realms.migration.state.MigrationState.RUNNING;
import static dev.realms.migration.state.MigrationState.STOPPED;

import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.check.Differences;
import dev.realms.migration.check.Preflight;
import dev.realms.migration.check.PreflightReport;
import dev.realms.migration.check.VerificationReport;
import dev.realms.migration.job.LeasedJob;
import dev.realms.migration.move.FailedChunks;
import dev.realms.migration.move.ProgressTable;
import dev.realms.migration.pressure.Limits;
import dev.realms.migration.rollback.Restore;
import dev.realms.migration.state.MigrationAct;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.Operator;
import dev.realms.migration.state.RequestedAct;
import dev.realms.migration.state.RunnerLease;
import dev.realms.migration.state.RunnerStatus;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.OperatedJob;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.PendingStarts;
import dev.realms.ops.SavedReports;
import dev.realms.ops.Transactions;
import dev.realms.settings.Settings;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What operators may do with the migration, here or among the other jobs. Whoever moves the state has won; everybody else who wanted the
 * same move gets {@code wrong-state}.
 *
 * <p>To be called outside any transaction, because a job may not be started inside one.
 */
@ApplicationScoped
public class MigrationControl implements OperatedJob {

    private static final Set<MigrationState> LEFT = Set.of(PAUSED, STOPPED, FAILED);

    @Inject
    private OwnerDatabase database;

    @Inject
    private PendingStarts pending;

    @Inject
    private Settings settings;

    MigrationView view() {
        return database.ask(connection -> MigrationView.of(
                StateStore.read(connection),
                RunnerLease.holder(connection),
                ProgressTable.read(connection),
                RunnerStatus.read(connection),
                Limits.read(connection).targetMilliseconds(),
                FailedChunks.open(connection),
                StateStore.now(connection)));
    }

    /** @param given what an operator answers; empty for what was answered before */
    PreflightReport preflight(String actor, Optional<PreflightAnswers> given) {
        return database.ask(connection -> {
            requireRealms(connection, new RequestedAct(MigrationAct.PREFLIGHT, Operator.of(actor)));
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
    void start(Operator operator, Optional<PreflightAnswers> given, List<String> accepted) {
        RequestedAct start = given.map(answers -> new RequestedAct(MigrationAct.START, operator, answers.json()))
                .orElseGet(() -> new RequestedAct(MigrationAct.START, operator));
        database.ask(connection -> {
            start.require(connection);
            return null;
        });
        start.awaitEndOfExecution(database);
        database.ask(connection -> {
            Differences.accept(connection, operator.actor(), accepted);
            // After a rollback there are no realms to ask about; the job asks when they are back.
            if (!Restore.isDue(connection)) {
                PreflightReport report = preflight(connection, operator.actor(), answers(connection, given));
                if (!report.ready()) {
                    throw start.refusal(connection, "findings", ProblemType.PREFLIGHT_FINDINGS, report.sentence());
                }
            }
            return null;
        });
        LeasedJob.MIGRATION.start(database, pending, connection -> {
            boolean moved = Transactions.runPatiently(connection, transaction -> {
                boolean won = start.moves(transaction, RUNNING, null);
                if (won && given.isPresent()) {
                    given.get().write(transaction);
                }
                return won;
            });
            if (!moved) {
                throw start.refusal(connection);
            }
            return true;
        });
    }

    void pause(Operator operator) {
        move(new RequestedAct(MigrationAct.PAUSE, operator), PAUSED);
    }

    void resume(Operator operator) {
        RequestedAct resume = new RequestedAct(MigrationAct.RESUME, operator);
        resume.awaitEndOfExecution(database);
        LeasedJob.MIGRATION.start(database, pending, connection -> resume.move(connection, RUNNING));
    }

    void stop(Operator operator) {
        move(new RequestedAct(MigrationAct.STOP, operator), STOPPED);
    }

    /** Asks the data, in any state in which there are realms, and moves nothing. @param accepted as {@link Differences#accept} */
    VerificationReport verify(String actor, List<String> accepted) {
        return database.ask(connection -> {
            requireRealms(connection, new RequestedAct(MigrationAct.VERIFY, Operator.of(actor)));
            Differences.accept(connection, actor, accepted);
            VerificationReport report = VerificationReport.of(connection);
            SavedReports.save(connection, "verification", report.passed(), report);
            new AuditEntry(actor, "verify").write(connection, report.passed() ? "passed" : "not passed");
            return report;
        });
    }

    @Override
    public String name() {
        return LeasedJob.MIGRATION.id();
    }

    @Override
    public boolean canStop() {
        return state().isUnderWay();
    }

    @Override
    public boolean canRestart() {
        return LEFT.contains(state());
    }

    @Override
    public void stop(String actor, long execution) {
        stop(Operator.of(actor));
    }

    @Override
    public void restart(String actor) {
        if (MigrationAct.RESUME.isAllowedIn(state())) {
            resume(Operator.of(actor));
        } else {
            start(Operator.of(actor));
        }
    }

    private MigrationState state() {
        return database.ask(StateStore::read).state();
    }

    private static PreflightAnswers answers(Connection connection, Optional<PreflightAnswers> given)
            throws SQLException {
        return given.isPresent() ? given.get() : PreflightAnswers.read(connection);
    }

    private PreflightReport preflight(Connection connection, String actor, PreflightAnswers answers)
            throws SQLException {
        PreflightReport report = Preflight.run(connection, settings.database().appUser(), answers);
        SavedReports.save(connection, "preflight", report.ready(), report);
        new AuditEntry(actor, "preflight").write(connection, report.ready() ? "ready" : "findings");
        return report;
    }

    private void move(RequestedAct act, MigrationState to) {
        database.ask(connection -> act.move(connection, to));
    }

    /** From a rollback on until a start has brought them back there are none to ask about. */
    private static void requireRealms(Connection connection, RequestedAct act) throws SQLException {
        act.require(connection);
        if (Restore.isDue(connection)) {
            throw act.refusal(connection);
        }
    }
}
