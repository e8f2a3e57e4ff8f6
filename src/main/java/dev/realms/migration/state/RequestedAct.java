package dev.realms.migration.state;

import dev.realms.migration.state.StateStore.StateRow;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.OwnerDatabase;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * An act that an operator asks for. It is done where the state allows it and is still what they saw, else refused; the audit log holds
 * either.
 */
public record RequestedAct(MigrationAct act, Operator operator, AuditEntry entry) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public RequestedAct(MigrationAct act, Operator operator) {
        this(act, operator, new AuditEntry(operator.actor(), act.text()));
    }

    /** @param parameters for the audit log */
    public RequestedAct(MigrationAct act, Operator operator, JsonObject parameters) {
        this(act, operator, new AuditEntry(operator.actor(), act.text(), parameters));
    }

    /** @throws DomainException {@code wrong-state} or {@code stale} */
    public void require(Connection connection) throws SQLException {
        StateRow row = StateStore.read(connection);
        if (!act.isAllowedIn(row.state()) || !operator.hasSeen(row.version())) {
            throw refusal(connection);
        }
    }

    /** Of two who ask at once one gets true. @param reason null where the state says it all */
    public boolean moves(Connection connection, MigrationState to, String reason) throws SQLException {
        return StateStore.move(connection, act.from(), operator, to, reason, entry);
    }

    /** @throws DomainException {@code wrong-state} or {@code stale} */
    public boolean move(Connection connection, MigrationState to) throws SQLException {
        if (!moves(connection, to, null)) {
            throw refusal(connection);
        }
        return true;
    }

    /** An execution that was told to stop ends with its portion; only an index that is being built takes longer. */
    public void awaitEndOfExecution(OwnerDatabase database) {
        Instant end = Instant.now().plus(PATIENCE);
        while (database.ask(RequestedAct::isExecutionEnding)) {
            if (Instant.now().isAfter(end)) {
                throw new DomainException(
                        ProblemType.WRONG_STATE,
                        "The execution that was told to stop has not ended yet: it can't %s.".formatted(act.text()));
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static boolean isExecutionEnding(Connection connection) throws SQLException {
        return !StateStore.read(connection).state().isUnderWay()
                && RunnerLease.holder(connection).isPresent();
    }

    /** By the state as it is now. */
    public DomainException refusal(Connection connection) throws SQLException {
        StateRow row = StateStore.read(connection);
        if (!operator.hasSeen(row.version())) {
            return refusal(
                    connection, "stale", ProblemType.STALE, "The migration's state has changed since it was read.");
        }
        String state = row.state().text();
        return refusal(
                connection,
                state,
                ProblemType.WRONG_STATE,
                "The migration is %s: it can't %s.".formatted(state, act.text()));
    }

    /** @param why in one word, for the audit log */
    public DomainException refusal(Connection connection, String why, ProblemType type, String sentence)
            throws SQLException {
        entry.write(connection, "refused: " + why);
        return new DomainException(type, sentence);
    }
}
