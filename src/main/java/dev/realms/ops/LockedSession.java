package dev.realms.ops;

import dev.realms.sql.Sql;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A session of the owner that holds an advisory lock, and through which all the work goes that needs it. A node that is killed or
 * cut off loses the lock by itself, and with it the connection: the work can't outlive the right to do it.
 */
public final class LockedSession implements AutoCloseable {

    /** PostgreSQL gives up on a node that a cable was pulled from after half a minute instead of two hours. */
    private static final String SESSION =
            "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 4; ";

    private static final String HOLDER = """
            SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND ((classid::bigint << 32) | objid::bigint) = ? AND granted
            """;

    private static final String END = """
            SELECT pg_terminate_backend(pid) FROM pg_locks
            WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND ((classid::bigint << 32) | objid::bigint) = ? AND granted AND pid <> pg_backend_pid()
            """;

    private final Connection connection;

    private LockedSession(Connection connection) {
        this.connection = connection;
    }

    /**
     * @param key any number that nobody else uses for an advisory lock
     * @return empty when another session, on whichever node, holds it
     */
    public static Optional<LockedSession> open(OwnerDatabase database, long key) throws SQLException {
        return open(database, key, "pg_try_advisory_lock");
    }

    /** Beside others that hold it so; empty when another session holds it alone. */
    public static Optional<LockedSession> openShared(OwnerDatabase database, long key) throws SQLException {
        return open(database, key, "pg_try_advisory_lock_shared");
    }

    private static Optional<LockedSession> open(OwnerDatabase database, long key, String lock) throws SQLException {
        Connection candidate = database.open();
        boolean locked = false;
        try {
            Sql.execute(candidate, SESSION + "SET application_name = '" + node() + "'");
            locked = Sql.is(candidate, lock + "(" + key + ")");
            return locked ? Optional.of(new LockedSession(candidate)) : Optional.empty();
        } finally {
            if (!locked) {
                new LockedSession(candidate).close();
            }
        }
    }

    /** The name of the node that holds it, from whichever node it is asked. */
    public static Optional<String> holder(Connection anyone, long key) throws SQLException {
        return Sql.first(anyone, row -> row.getString(1), HOLDER, key);
    }

    /**
     * Ends every other session that holds it in whatever way.
     *
     * @return whether none does any more
     */
    public static boolean end(Connection anyone, long key) throws SQLException {
        return Sql.list(anyone, row -> row.getBoolean(1), END, key).isEmpty();
    }

    /** For the one thread that does the work; in auto-commit mode. */
    public Connection connection() {
        return connection;
    }

    /** Gives the lock back, and the connection as it was. */
    @Override
    public void close() {
        try (Connection released = connection) {
            if (!released.getAutoCommit()) {
                released.rollback();
                released.setAutoCommit(true);
            }
            Sql.execute(released, "SELECT pg_advisory_unlock_all(); RESET ALL");
        } catch (SQLException gone) {
            // So is the lock.
        }
    }

    private static String node() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "") + "/"
                    + ProcessHandle.current().pid();
        } catch (UnknownHostException noName) {
            return "node/" + ProcessHandle.current().pid();
        }
    }
}
