package dev.realms.migration.control;

import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.check.Baseline;
import dev.realms.migration.check.Differences;
import dev.realms.migration.check.Preflight;
import dev.realms.migration.finalize.Finalization;
import dev.realms.migration.job.WorkerThreads;
import dev.realms.migration.pressure.LimitsService;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.Operator;
import dev.realms.migration.state.RunnerLease;
import dev.realms.migration.state.RunnerStatus;
import dev.realms.migration.state.StateStore;
import dev.realms.migration.state.StateStore.StateRow;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.DatabaseFault;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.PendingStarts;
import dev.realms.settings.SettingException;
import dev.realms.settings.Settings;
import dev.realms.settings.Settings.MigrateAction;
import dev.realms.web.problem.DomainException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts the migration by itself where it should, and finds one that nobody runs any more. */
@Startup
@Singleton
@DependsOn("SchemaMigrator")
@TransactionManagement(TransactionManagementType.BEAN)
public class MigrationSupervisor {

    private static final Logger LOG = Logger.getLogger(MigrationSupervisor.class.getName());
    private static final int SECONDS = 3;
    private static final int LOOKS_BETWEEN_FOLDS = 3600 / SECONDS;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private AutomaticStart automaticStart;

    @Inject
    private RunnerLease lease;

    @Inject
    private PendingStarts pending;

    @Inject
    private RollbackControl rollback;

    @Inject
    private Finalization finalization;

    @Inject
    private LimitsService limits;

    @Inject
    private OwnerDatabase database;

    @Inject
    private WorkerThreads threads;

    @Inject
    private Settings settings;

    private ScheduledFuture<?> watching;
    private Optional<MigrateAction> asked = Optional.empty();
    private List<String> accepted = List.of();
    private PreflightAnswers answers;
    private boolean started;
    private StateRow suspect;
    private long looks;

    /** The job is started from a thread of its own: the deployment does not wait for it. */
    @PostConstruct
    void begin() {
        // Looked up here, where there is a component's naming context: not every thread of a batch runtime has one.
        database.dataSource();
        threads.pool();
        readSettings();
        watching = executor.scheduleWithFixedDelay(this::supervise, 1, SECONDS, TimeUnit.SECONDS);
    }

    private void readSettings() {
        try {
            // Only the commands say so to a server that serves nobody.
            asked = settings.serving() ? Optional.empty() : settings.migrateAction();
            accepted = settings.serving() ? List.of() : settings.migrateAccept();
            answers = Preflight.answers(settings);
            limits.require(settings.migrationLimits());
        } catch (SettingException wrong) {
            LOG.log(Level.SEVERE, "REALMS CANNOT START: {0}", wrong.getMessage());
            throw wrong;
        }
    }

    @PreDestroy
    void end() {
        watching.cancel(false);
    }

    private void supervise() {
        try {
            if (!started) {
                start();
            }
            takeUpIfLeft();
            if (looks++ % LOOKS_BETWEEN_FOLDS == 0) {
                database.ask(connection -> {
                    Baseline.foldChanges(connection);
                    return null;
                });
            }
        } catch (RuntimeException fault) {
            // An exception would end the watch, and the database may be back the next time.
            LOG.log(Level.WARNING, "The migration could not be looked after: {0}", DatabaseFault.sentence(fault));
        }
    }

    /** Tried once, as soon as the database answers: what was refused would be refused again. */
    private void start() {
        database.ask(StateStore::read);
        started = true;
        limits.set(settings.migrationLimits());
        try {
            act();
        } catch (DomainException refused) {
            // A command waits for this line.
            LOG.log(Level.SEVERE, "REALMS CANNOT START: {0}", refused.getMessage());
        }
    }

    private void act() {
        database.ask(connection -> {
            Differences.accept(connection, AuditEntry.SYSTEM, accepted);
            return null;
        });
        if (asked.filter(MigrateAction.ROLLBACK::equals).isPresent()) {
            rollback.start(Operator.of(AuditEntry.SYSTEM));
        } else if (asked.filter(MigrateAction.CANCEL_ROLLBACK::equals).isPresent()) {
            rollback.cancel(Operator.of(AuditEntry.SYSTEM));
        } else if (asked.filter(MigrateAction.FINALIZE::equals).isPresent()) {
            finalization.start(Operator.of(AuditEntry.SYSTEM));
        } else if (settings.migrationAutostart()) {
            automaticStart.start(answers, asked.isPresent());
        }
    }

    /** Only what is found so twice: a node that takes it up gives its first sign of life after the move. */
    private void takeUpIfLeft() {
        pending.endThoseOver();
        if (lease.isHeldHere() || pending.isAnyHere(RunnerLease.PENDING)) {
            suspect = null;
            database.ask(connection -> {
                RunnerStatus.beat(connection);
                return null;
            });
            return;
        }
        StateRow left = database.ask(connection -> {
            if (RunnerLease.endSilent(connection)) {
                LOG.warning("The node that runs the migration gave no sign of life: its session was ended");
            }
            StateRow row = StateStore.read(connection);
            boolean alone = (row.state().isUnderWay() || row.state() == MigrationState.ROLLING_BACK)
                    && RunnerLease.isFree(connection);
            return alone ? row : null;
        });
        if (left != null && left.equals(suspect)) {
            LOG.info("Nobody runs the migration although it is under way");
            automaticStart.takeUp(settings.migrationAutostart() || asked.isPresent());
            left = null;
        }
        suspect = left;
    }
}
