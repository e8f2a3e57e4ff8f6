package dev.realms.migration.move;

import static dev.realms.migration.state.MigrationState.FAILED;
import static dev.realms.migration.state.MigrationState.PAUSED;
import static dev.realms.migration.state.MigrationState.RUNNING;
import static dev.realms.migration.state.MigrationState.STOPPED;

import dev.realms.migration.move.FailedChunks.FailedChunk;
import dev.realms.migration.pressure.ChunkSize;
import dev.realms.migration.pressure.Limits;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.RunnerLease;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.Transactions;
import dev.realms.sql.Sql;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What operators do about portions that have failed. */
@ApplicationScoped
public class ChunkMending {

    /** Those in which rows are moved, or will be. */
    private static final Set<MigrationState> MENDABLE = Set.of(RUNNING, PAUSED, STOPPED, FAILED);

    private OwnerDatabase database;

    ChunkMending() {}

    @Inject
    ChunkMending(OwnerDatabase database) {
        this.database = database;
    }

    /** Those that are left before those that are done. */
    public List<FailedChunk> list() {
        return database.ask(FailedChunks::all);
    }

    /** @throws DomainException {@code not-found}, {@code wrong-state} */
    public FailedChunk retry(String actor, UUID id) {
        return database.ask(connection -> {
            FailedChunk chunk = openChunk(connection, id);
            Transactions.run(connection, transaction -> {
                requireMendable(transaction);
                return database.ask(worker -> {
                    tryAgain(worker, chunk);
                    return null;
                });
            });
            return audited(connection, actor, "retry-chunk", id);
        });
    }

    /** @throws DomainException {@code not-found}, {@code wrong-state} */
    public FailedChunk skip(String actor, UUID id) {
        return database.ask(connection -> {
            openChunk(connection, id);
            FailedChunks.mark(connection, id, "skipped");
            return audited(connection, actor, "skip-chunk", id);
        });
    }

    private static void tryAgain(Connection connection, FailedChunk chunk) throws SQLException {
        Sql.execute(connection, RunnerLease.SESSION);
        FailedChunks.mark(connection, chunk.id(), "failed");
        Portions portions = Portions.of(chunk.table());
        Limits limits = Limits.read(connection);
        new ChunkRunner(portions, new ChunkSize(), () -> limits).run(connection, chunk.range());
        FailedChunks.settle(connection, portions);
    }

    private static FailedChunk openChunk(Connection connection, UUID id) throws SQLException {
        FailedChunk chunk = FailedChunks.find(connection, id)
                .orElseThrow(() -> new DomainException(ProblemType.NOT_FOUND, "There is no such failed chunk."));
        if (chunk.status().equals("done")) {
            throw new DomainException(ProblemType.WRONG_STATE, "The chunk is done.");
        }
        return chunk;
    }

    /** Locks the row: nobody moves the state before this is over. */
    private static void requireMendable(Connection connection) throws SQLException {
        MigrationState state = Sql.first(
                        connection,
                        row -> MigrationState.of(row.getString(1)),
                        "SELECT state FROM migration.state FOR SHARE")
                .orElseThrow();
        if (!MENDABLE.contains(state)) {
            throw new DomainException(
                    ProblemType.WRONG_STATE,
                    "The migration is %s: no chunk can be tried again.".formatted(state.text()));
        }
    }

    private static FailedChunk audited(Connection connection, String actor, String act, UUID id) throws SQLException {
        FailedChunk chunk = FailedChunks.find(connection, id).orElseThrow();
        AuditEntry entry = new AuditEntry(
                actor,
                act,
                Json.createObjectBuilder()
                        .add("chunk", id.toString())
                        .add("table", chunk.table())
                        .build());
        entry.write(connection, chunk.status());
        return chunk;
    }
}
