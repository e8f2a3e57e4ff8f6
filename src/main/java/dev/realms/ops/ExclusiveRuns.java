package dev.realms.ops;

import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Long work of one kind, of which there is one run at a time, on whichever node. Whoever asks for a run claims it in the table;
 * who does it holds the lock, and until its job begins the node that started it holds that of {@link PendingStarts}. A run with neither
 * is dead.
 *
 * @param kind the name of its batch job
 * @param key of the advisory lock; any number that nobody else uses
 */
record ExclusiveRuns(String kind, long key) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** True of a row that stands for a run under way; its parameters are the locks' keys. Whoever asks may hold one to start the next. */
    private static final String UNDER_WAY = """
            (r.ended_at IS NULL AND EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()
                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                   AND ((classid::bigint << 32) | objid::bigint) IN (?, ?)))
            """;

    private static final String CLAIM = """
            INSERT INTO migration.runs AS r (kind, id, actor) VALUES (?, ?, ?)
            ON CONFLICT (kind) DO UPDATE SET id = excluded.id, actor = excluded.actor, asked_at = clock_timestamp(),
              begun_at = NULL, ended_at = NULL, step = NULL, done = 0, total = 0, outcome = NULL
            WHERE NOT
            """ + UNDER_WAY;

    /** Of the lock that a start holds until the job begins. */
    long pendingKey() {
        return ~key;
    }

    /** @return the new run, or empty when one is under way */
    Optional<UUID> claim(Connection connection, String actor) throws SQLException {
        UUID run = UUID.randomUUID();
        boolean claimed = Sql.update(connection, CLAIM, kind, run, actor, key, pendingKey()) == 1;
        return claimed ? Optional.of(run) : Optional.empty();
    }

    /**
     * Opens the session for a run that was claimed.
     *
     * @return empty when the run is no longer the one that was claimed last, or an earlier one does not let go of the lock
     */
    Optional<LockedSession> begin(OwnerDatabase database, UUID run) throws SQLException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<LockedSession> session = LockedSession.open(database, key);
        while (session.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(100);
            session = LockedSession.open(database, key);
        }
        boolean begun = false;
        try {
            begun = session.isPresent() && update(session.get().connection(), run, "begun_at = clock_timestamp()") == 1;
            return begun ? session : Optional.empty();
        } finally {
            if (!begun) {
                session.ifPresent(LockedSession::close);
            }
        }
    }

    /** On another connection than the work's, so that it is seen at once. */
    void advance(Connection connection, UUID run, String step, long done, long total) throws SQLException {
        update(connection, run, "step = ?, done = ?, total = ?", step, done, total);
    }

    /** Of a run whose place was taken by a later one nothing is recorded. */
    void end(Connection connection, UUID run, String outcome) throws SQLException {
        update(connection, run, "ended_at = clock_timestamp(), outcome = ?", outcome);
    }

    Optional<ExclusiveRun> last(Connection connection) throws SQLException {
        return Sql.first(
                connection,
                row -> run(connection, row),
                "SELECT r.*, " + UNDER_WAY + " AS under_way FROM migration.runs AS r WHERE kind = ?",
                key,
                pendingKey(),
                kind);
    }

    private ExclusiveRun run(Connection connection, ResultSet row) throws SQLException {
        boolean underWay = row.getBoolean("under_way");
        return new ExclusiveRun(
                row.getObject("id", UUID.class),
                row.getString("actor"),
                underWay ? LockedSession.holder(connection, key).orElse(null) : null,
                underWay,
                Sql.instant(row, "asked_at"),
                Sql.instant(row, "ended_at"),
                row.getString("step"),
                row.getLong("done"),
                row.getLong("total"),
                row.getString("outcome"));
    }

    /** @param values of the changes' parameters */
    private int update(Connection connection, UUID run, String changes, Object... values) throws SQLException {
        List<Object> parameters = new ArrayList<>(Arrays.asList(values));
        parameters.add(kind);
        parameters.add(run);
        return Sql.update(
                connection,
                "UPDATE migration.runs SET " + changes + " WHERE kind = ? AND id = ? AND ended_at IS NULL",
                parameters.toArray());
    }
}
