package dev.realms.migration.job;

import dev.realms.migration.move.WorkSessions;
import dev.realms.migration.schema.SchemaException;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.RunnerLease;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.DatabaseFault;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.StepFailed;
import dev.realms.sql.SqlStates;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The running execution, as its steps see it: the session to work in, whether to go on, and how to fail. */
@Dependent
public class MigrationRun {

    /** The exit status of a step that ends because the state no longer says that the migration is under way. */
    static final String STOPPED = "stopped";

    private static final Logger LOG = Logger.getLogger(MigrationRun.class.getName());

    /** What the end of an execution has been put down to. */
    private enum End {
        ASKED_TO_STOP,
        FAILED,
        CONNECTION_LOST
    }

    @Inject
    private JobContext job;

    @Inject
    private RunnerLease lease;

    @Inject
    private OwnerDatabase database;

    @Inject
    private WorkerThreads threads;

    /** The session that all work goes through. */
    Connection connection() {
        return lease.connection();
    }

    /** The sessions for what can be done at the same time, to be closed at its end. */
    WorkSessions sessions() {
        return new WorkSessions(lease.connection(), lease::worker, threads.pool());
    }

    /** To be asked before each portion of work. */
    boolean goesOn(MigrationState state) throws SQLException {
        boolean goesOn = StateStore.is(lease.connection(), state);
        if (!goesOn) {
            endsAsAsked();
        }
        return goesOn;
    }

    /** An operator's act accounts for the end of this execution. @return false: it does not go on */
    boolean endsAsAsked() {
        job.setTransientUserData(End.ASKED_TO_STOP);
        return false;
    }

    /** Nothing that happened in this execution accounts for its end. */
    boolean endsUnexplained() {
        return job.getTransientUserData() == null;
    }

    /** Runs a piece of a step. What it throws becomes the state {@code failed}, unless the database itself went away. */
    <T> T guard(Callable<T> work) {
        try {
            return work.call();
        } catch (StepFailed fault) {
            throw fault;
        } catch (Exception fault) {
            String sentence = fault instanceof SchemaException
                    ? fault.getMessage()
                    : "The step failed: " + DatabaseFault.sentence(fault) + ".";
            if (isConnectionLoss(fault)) {
                lease.lost(sentence);
                job.setTransientUserData(End.CONNECTION_LOST);
                throw new StepFailed(sentence, fault);
            }
            throw failed(sentence, fault);
        }
    }

    /** Moves to {@code failed}, with the reason that operators see. */
    StepFailed failed(String reason) {
        return failed(reason, new Throwable());
    }

    private StepFailed failed(String reason, Throwable place) {
        LOG.log(Level.SEVERE, "The migration failed: {0}", reason);
        job.setTransientUserData(End.FAILED);
        lease.lost(reason);
        database.ask(connection -> StateStore.move(
                connection, MigrationState.UNDER_WAY, MigrationState.FAILED, reason, AuditEntry.bySystem("migrate")));
        return new StepFailed(reason, place);
    }

    /** The session is gone, or its server is not the one to write to any more: nothing of the end can be recorded. */
    public static boolean isConnectionLoss(Throwable fault) {
        String state = SqlStates.first(fault);
        return SqlStates.isCut(state) || SqlStates.isReadOnly(state);
    }
}
