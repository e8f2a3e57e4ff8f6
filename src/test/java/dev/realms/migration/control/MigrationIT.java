package dev.realms.migration.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.answer.PreflightAnswers.Answer;
import dev.realms.migration.check.VerificationReport;
import dev.realms.migration.job.LeasedJob;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.Operator;
import dev.realms.migration.state.RunnerLease;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.PendingStarts;
import dev.realms.ops.execution.JobExecutionView;
import dev.realms.ops.execution.JobExecutions;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.InServer;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.Wars;
import dev.realms.web.PageRequest;
import dev.realms.web.problem.DomainException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The migration as an operator runs it, by the server's own batch runtime. Every test makes its own pre-realm database. */
@InServer
@OnDatabase(value = DatabaseState.EXPANDED, users = 10)
@ExtendWith(ArquillianExtension.class)
class MigrationIT {

    private static final Operator OPERATOR = Operator.of("00000000-0000-0000-0000-0000000000aa");
    private static final String ANNA = "11111111-1111-1111-1111-111111111111";
    private static final String BERT = "22222222-2222-2222-2222-222222222222";
    private static final String TWO_USERS =
            "INSERT INTO users (id, name, email) VALUES ('%s', 'Anna', 'anna@example.com'), ('%s', 'Bert', 'bert@example.com')"
                    .formatted(ANNA, BERT);

    @Inject
    private MigrationControl control;

    @Inject
    private AutomaticStart unattended;

    @Inject
    private RunnerLease lease;

    @Inject
    private PendingStarts pending;

    @Inject
    private OwnerDatabase owner;

    @Deployment
    static WebArchive war() {
        return Wars.shared();
    }

    @AfterEach
    void leaveNothingRunning() {
        try {
            control.stop(OPERATOR);
        } catch (DomainException restsAlready) {
            // Most tests end at rest.
        }
        await(() -> !lease.isHeldHere());
    }

    @Test
    void givesEveryRowOfThePreRealmLoadItsRealm() {
        PreRealmDatabase database = preRealm(1_000);
        Map<String, String> before = database.checksums();

        control.start(OPERATOR);
        awaitState("migrated");

        assertThat(database.checksums()).isEqualTo(before);
        assertThat(database.misplacedRows()).isZero();
        assertThat(database.usersWithoutOneDefault()).isZero();
        MigrationView view = control.view();
        assertThat(view.users()).isEqualTo(new MigrationView.Count(1_000, 1_000));
        assertThat(view.rows().done()).isEqualTo(view.rows().total());
        assertThat(control.verify(OPERATOR.actor(), List.of()))
                .extracting(VerificationReport::passed)
                .isEqualTo(true);
    }

    @Test
    void countsWhatTheJobDid() {
        preRealm(50);

        control.start(OPERATOR);
        awaitState("migrated");
        // The job's last listener has ended by then; the repository hears of it a moment later.
        await(() -> !newestExecution().status().equals("STARTED"));

        JobExecutionView execution = newestExecution();
        assertThat(execution.status()).isEqualTo("COMPLETED");
        assertThat(execution.steps())
                .extracting(JobExecutionView.JobStepView::name)
                .containsExactly(
                        "come-back",
                        "preflight",
                        "answers",
                        "baseline",
                        "users",
                        "database-servers",
                        "databases",
                        "documents",
                        "jobs",
                        "api-keys",
                        "sweep",
                        "settle",
                        "verify",
                        "contract");
        assertThat(BatchRuntime.getJobOperator().getParameters(execution.id()))
                .as("all that the job repository is given to keep")
                .hasToString("{stateMoved=true}");
        JobExecutionView.JobStepView users = execution.steps().get(4);
        assertThat(List.of(users.readCount(), users.writeCount(), users.rollbackCount(), users.writeSkipCount()))
                .containsExactly(1L, 1L, 0L, 0L);
    }

    @Test
    void changesNothingTheSecondTime() {
        PreRealmDatabase database = preRealm(0, TWO_USERS);
        control.start(OPERATOR);
        awaitState("migrated");
        List<String> realms = database.askAll("SELECT id || ' ' || xmin FROM realms ORDER BY id");

        assertThatThrownBy(() -> control.start(OPERATOR))
                .isInstanceOf(DomainException.class)
                .hasMessage("The migration is migrated: it can't start.");

        assertThat(database.askAll("SELECT id || ' ' || xmin FROM realms ORDER BY id"))
                .isEqualTo(realms);
    }

    @Test
    @Tag("any-server")
    void migratesADatabaseWithoutUsers() {
        PreRealmDatabase database = preRealm(0);

        control.start(OPERATOR);
        awaitState("migrated");

        assertThat(database.ask("SELECT count(*) FROM realms")).isEqualTo("0");
    }

    @Test
    @Tag("any-server")
    void givesAUserWithNothingADefaultRealm() {
        PreRealmDatabase database = preRealm(0, TWO_USERS);

        control.start(OPERATOR);
        awaitState("migrated");

        assertThat(
                        database.askAll(
                                "SELECT user_id || ' ' || name || ' ' || is_default || ' ' || is_active FROM realms ORDER BY 1"))
                .containsExactly(ANNA + " Default true true", BERT + " Default true true");
    }

    @Test
    @Tag("any-server")
    void leavesARealmThatIsCalledDefaultAsItIs() {
        PreRealmDatabase database = preRealm(0, TWO_USERS);
        database.execute("INSERT INTO realms (name, user_id) VALUES ('dEFAULT', '" + ANNA + "')");

        control.start(OPERATOR);
        awaitState("migrated");

        assertThat(database.askAll("SELECT name || ' ' || is_default FROM realms WHERE user_id = '" + ANNA + "'"))
                .containsExactlyInAnyOrder("dEFAULT false", "Default 2 true");
    }

    @Test
    void goesOnAfterAStopInTheMiddle() {
        PreRealmDatabase database = slow(200);
        Map<String, String> before = database.checksums();
        stopInTheMiddle(database);
        long left = Long.parseLong(database.ask("SELECT count(*) FROM jobs WHERE realm_id IS NULL"));
        assertThat(left).isPositive();

        control.start(OPERATOR);
        awaitState("migrated");

        assertThat(database.checksums()).isEqualTo(before);
        assertThat(database.misplacedRows()).isZero();
    }

    @Test
    void worksInSeveralSessionsAtOnce() {
        PreRealmDatabase database = preRealm(500);
        database.execute(
                "INSERT INTO migration.limits VALUES ('parallelism', 4), ('ceilingRows', 500), ('tableMaintenance', NULL)");
        Map<String, String> before = database.checksums();

        control.start(OPERATOR);
        awaitState("migrated");

        assertThat(database.checksums()).isEqualTo(before);
        assertThat(database.misplacedRows()).isZero();
        assertThat(database.ask("SELECT parallelism FROM migration.vitals")).isEqualTo("4");
        assertThat(database.askAll("SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'"))
                .as("sessions given back")
                .isEmpty();
    }

    @Test
    void movesAllButTheRowThatFailsAndSaysSo() {
        PreRealmDatabase database = preRealm(50);
        String row = database.ask("SELECT id FROM documents ORDER BY id OFFSET 20 LIMIT 1");
        database.execute("ALTER TABLE documents ADD CONSTRAINT refused CHECK (realm_id IS NULL OR id <> '" + row
                + "') NOT VALID");

        control.start(OPERATOR);
        awaitState("failed");

        assertThat(control.view().reason())
                .isEqualTo("Portions of rows could not be moved or were skipped: documents (1).");
        assertThat(control.view().failedChunks()).isEqualTo(1);
        assertThat(database.askAll("SELECT id FROM documents WHERE realm_id IS NULL"))
                .containsExactly(row);
        assertThat(database.ask("SELECT count(*) FROM jobs WHERE realm_id IS NULL"))
                .isEqualTo("0");
        database.execute("ALTER TABLE documents DROP CONSTRAINT refused");
        control.start(OPERATOR);
        awaitState("migrated");
        assertThat(control.view().failedChunks()).isZero();
    }

    @Test
    void pausesAndResumes() {
        PreRealmDatabase database = slow(200);
        control.start(OPERATOR);
        await(() -> moved(database, "documents") > 0);

        control.pause(OPERATOR);
        await(() -> !lease.isHeldHere());
        assertThat(control.view().state()).isEqualTo("paused");
        assertThatThrownBy(() -> control.start(OPERATOR)).hasMessage("The migration is paused: it can't start.");
        control.resume(OPERATOR);
        awaitState("migrated");

        assertThat(database.askAll(
                        "SELECT act || ' ' || outcome FROM migration.audit_log WHERE actor <> 'system' ORDER BY id"))
                .containsExactly(
                        "preflight ready", "start running", "pause paused", "start refused: paused", "resume running");
    }

    @Test
    void stopsWhileTheDatabaseIsContracted() {
        PreRealmDatabase database = preRealm(300);
        control.start(OPERATOR);
        await(() -> database.ask("SELECT to_regclass('migration.flyway_contract')") != null);

        control.stop(OPERATOR);
        await(() -> !lease.isHeldHere());
        assertThat(control.view().state()).isEqualTo("stopped");
        control.start(OPERATOR);
        awaitState("migrated");

        assertThat(database.misplacedRows()).isZero();
    }

    @Test
    void takesUpWhatNobodyRuns() {
        PreRealmDatabase database = preRealm(0, TWO_USERS);
        database.execute("UPDATE migration.state SET state = 'running'");
        Instant moved = control.view().changedAt();

        awaitState("stopped");

        assertThat(control.view().reason()).isEqualTo("The node that ran the migration went away.");
        assertThat(control.view().changedAt()).as("at once").isBefore(moved.plusSeconds(10));
    }

    /** The node lives, and its processor is busy. */
    @Test
    @Tag("any-server")
    void waitsForAStartHoweverSlow() {
        preRealm(0, TWO_USERS);
        Instant begun = Instant.now().plusSeconds(20);

        pending.start(RunnerLease.PENDING, MigrationIT::move, () -> {
            await(() -> Instant.now().isAfter(begun));
            assertThat(control.view().state()).isEqualTo("running");
            return LeasedJob.MIGRATION.startMoved(owner);
        });
        awaitState("migrated");

        assertThat(pending.isAnyHere(RunnerLease.PENDING)).isFalse();
    }

    /** The batch runtime says that it is over. */
    @Test
    void doesNotWaitForAJobThatEndedBeforeItBegan() {
        preRealm(0, TWO_USERS);
        long over = BatchRuntime.getJobOperator().start(LeasedJob.ROLLBACK.id(), new Properties());
        await(() -> BatchRuntime.getJobOperator().getJobExecution(over).getBatchStatus() == BatchStatus.FAILED);

        pending.start(RunnerLease.PENDING, MigrationIT::move, () -> over);

        awaitState("stopped");
        assertThat(control.view().reason()).isEqualTo("The node that ran the migration went away.");
    }

    private static JobExecutionView newestExecution() {
        return JobExecutions.page(LeasedJob.MIGRATION.id(), PageRequest.of("newest", "1", null), execution -> execution)
                .items()
                .get(0);
    }

    private static boolean move(Connection connection) throws SQLException {
        return StateStore.move(
                connection,
                Set.of(MigrationState.EXPANDED),
                MigrationState.RUNNING,
                null,
                AuditEntry.bySystem("start"));
    }

    @Test
    void canBeStartedWithTheServersOwnTools() {
        PreRealmDatabase database = preRealm(0, TWO_USERS);

        BatchRuntime.getJobOperator().start(LeasedJob.MIGRATION.id(), new Properties());
        await(() -> control.view().state().equals("migrated"));

        assertThat(database.usersWithoutOneDefault()).isZero();
    }

    @Test
    void canBeStoppedWithTheServersOwnTools() {
        PreRealmDatabase database = slow(200);
        control.start(OPERATOR);
        await(() -> moved(database, "documents") > 0);

        BatchRuntime.getJobOperator().stop(newestExecution().id());
        awaitState("stopped");
        assertThat(control.view().reason()).isEqualTo("The application server stopped the job.");
        control.start(OPERATOR);
        awaitState("migrated");

        assertThat(database.misplacedRows()).isZero();
    }

    @Test
    void refusesASecondStart() {
        slow(200);
        control.start(OPERATOR);

        assertThatThrownBy(() -> control.start(OPERATOR))
                .isInstanceOf(DomainException.class)
                .hasMessage("The migration is running: it can't start.");
    }

    @Test
    @Tag("any-server")
    void refusesToStartOverReferencesAcrossUsers() {
        preRealm(0, TWO_USERS, databaseOf(ANNA, "onOwnServer", ANNA), databaseOf(BERT, "onAnnasServer", ANNA));

        assertThatThrownBy(() -> control.start(OPERATOR))
                .isInstanceOf(DomainException.class)
                .hasMessage("Findings of the preflight get in the way: cross-user-server (1).");

        assertThat(control.view().state()).isEqualTo("expanded");
    }

    @Test
    @Tag("any-server")
    void doesWhatTheOperatorAnswers() {
        PreRealmDatabase database =
                preRealm(0, TWO_USERS, databaseOf(ANNA, "onOwnServer", ANNA), databaseOf(BERT, "onAnnasServer", ANNA));
        PreflightAnswers answers = new PreflightAnswers(Map.of("cross-user-server", Answer.REASSIGN));

        control.start(OPERATOR, Optional.of(answers), List.of());
        awaitState("migrated");

        assertThat(database.ask("SELECT user_id FROM databases WHERE name = 'onAnnasServer'"))
                .isEqualTo(ANNA);
        assertThat(database.ask("SELECT string_agg(table_name || ' ' || column_name, ', ') FROM migration.ledger"))
                .isEqualTo("databases user_id");
        assertThat(
                        database.ask(
                                "SELECT parameters ->> 'answers' FROM migration.audit_log WHERE act = 'start' AND actor <> 'system'"))
                .isEqualTo("{\"cross-user-server\": \"reassign\"}");
    }

    @Test
    @Tag("any-server")
    void saysWhyItCouldNotStartByItself() {
        preRealm(0, "INSERT INTO users (name, email) VALUES ('a', 'Same@example.com'), ('b', 'same@example.com')");

        unattended.start(PreflightAnswers.NONE, false);
        awaitState("failed");

        assertThat(control.view().reason()).isEqualTo("Findings of the preflight get in the way: email-case (2).");
    }

    @Test
    @Tag("any-server")
    void startsByItselfWithTheAnswersThatAreSet() {
        PreRealmDatabase database = preRealm(0, TWO_USERS + "; " + databaseOf(ANNA, "d", BERT));

        unattended.start(new PreflightAnswers(Map.of("cross-user-server", Answer.REASSIGN)), false);
        awaitState("migrated");

        assertThat(database.ask("SELECT user_id FROM databases")).isEqualTo(BERT);
    }

    @Test
    void countsOnARunningApplication() {
        PreRealmDatabase database = slow(200);
        stopInTheMiddle(database);
        database.execute("DELETE FROM users WHERE id = (SELECT user_id FROM documents ORDER BY id LIMIT 1)");
        database.execute(
                "UPDATE documents SET name = 'renamed' WHERE id IN (SELECT id FROM documents ORDER BY id DESC LIMIT 10)");
        database.execute(TWO_USERS + "; " + databaseOf(ANNA, "new", ANNA));
        Map<String, String> before = database.checksums();

        control.start(OPERATOR);
        awaitState("migrated");

        assertThat(database.checksums()).isEqualTo(before);
        assertThat(database.misplacedRows()).isZero();
    }

    @Test
    @Tag("any-server")
    void findsWhatCameBehindItWithoutTheTriggers() {
        PreRealmDatabase database = slow(200);
        stopInTheMiddle(database);
        database.execute("ALTER TABLE documents DISABLE TRIGGER documents_realm_on_insert");
        database.execute("INSERT INTO documents (id, name, type, user_id)"
                + " SELECT '00000000-0000-0000-0000-000000000001', 'late', 'text/plain', id FROM users LIMIT 1");
        database.execute("ALTER TABLE documents ENABLE TRIGGER documents_realm_on_insert");

        control.start(OPERATOR);
        awaitState("migrated");

        assertThat(database.misplacedRows()).isZero();
    }

    @Test
    @Tag("any-server")
    void doesNotBecomeMigratedOverALostRow() {
        PreRealmDatabase database = slow(200);
        stopInTheMiddle(database);
        String lost = database.ask("SELECT id FROM jobs ORDER BY id LIMIT 1");
        database.executeUnnoted("DELETE FROM jobs WHERE id = '" + lost + "'");

        control.start(OPERATOR);
        awaitState("failed");

        assertThat(control.view().reason()).startsWith("Verification failed: unchanged (jobs, ");
        assertThat(database.ask("SELECT report #>> '{checks,5,rows}' FROM migration.reports ORDER BY id DESC LIMIT 1"))
                .isEqualTo("[\"…" + lost.substring(33) + "\"]");
        assertThat(database.ask("SELECT to_regclass('migration.flyway_contract')"))
                .isNull();
    }

    @Test
    @Tag("any-server")
    void doesNotBecomeMigratedOverARowInAnothersRealm() {
        PreRealmDatabase database = preRealm(0, TWO_USERS, databaseOf(ANNA, "stray", ANNA));
        database.execute("SELECT ensure_default_realm('" + BERT + "')");
        database.execute("UPDATE databases SET realm_id = (SELECT id FROM realms WHERE user_id = '" + BERT + "')");

        control.start(OPERATOR);
        awaitState("failed");

        assertThat(control.view().reason())
                .isEqualTo("Verification failed: realm-of-owner (databases, 1 of 1 rows),"
                        + " reference-in-realm (databases, 1 of 1 rows).");
    }

    @Test
    @Tag("any-server")
    void keepsValuesOfRowsOutOfItsBooks() {
        PreRealmDatabase database = preRealm(0, TWO_USERS, databaseOf(ANNA, "secretive", ANNA));
        control.start(OPERATOR);
        awaitState("migrated");

        for (String table : List.of("audit_log", "reports", "state", "progress", "baseline", "changes")) {
            assertThat(database.askAll("SELECT t::text FROM migration." + table + " AS t"))
                    .noneMatch(row -> row.contains("@") || row.contains("secretive"));
        }
    }

    private PreRealmDatabase preRealm(int users, String... sql) {
        return PreRealmDatabase.expanded(owner.dataSource(), users, sql);
    }

    /** Small, and moved so few rows at a time that there is time to do something in the middle. */
    private PreRealmDatabase slow(int users) {
        PreRealmDatabase database = preRealm(users);
        database.execute("INSERT INTO migration.limits VALUES ('floorRows', 50), ('ceilingRows', 50)");
        return database;
    }

    private void stopInTheMiddle(PreRealmDatabase database) {
        control.start(OPERATOR);
        await(() -> moved(database, "documents") > 0);
        control.stop(OPERATOR);
        await(() -> !lease.isHeldHere());
        assertThat(control.view().state()).isEqualTo("stopped");
    }

    private static long moved(PreRealmDatabase database, String table) {
        String done = database.ask("SELECT done FROM migration.progress WHERE table_name = '" + table + "'");
        return done == null ? 0 : Long.parseLong(done);
    }

    private static String databaseOf(String user, String name, String serversUser) {
        return """
                WITH s AS (INSERT INTO database_servers (name, type, host, port, user_id)
                           VALUES ('s', 'QDRANT', 'h', 1, '%3$s') RETURNING id)
                INSERT INTO databases (name, description, user_id, server_id) SELECT '%2$s', '', '%1$s', id FROM s""".formatted(user, name, serversUser);
    }

    private void awaitState(String state) {
        Set<String> underWay = Set.of("running", "verifying");
        await(() -> !underWay.contains(control.view().state()));
        assertThat(control.view().state()).as(() -> control.view().reason()).isEqualTo(state);
        await(() -> !lease.isHeldHere());
    }

    private void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now())
                    .as(() -> "gave up waiting: " + control.view())
                    .isBefore(end);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
