package dev.realms.migration.rollback;

import dev.realms.migration.rollback.RollbackListener.RollbackStopped;
import dev.realms.migration.schema.RollbackSchema;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Sees to it that nobody is at work in a realm any more, on whichever node. The pre-realm application goes on. */
final class RealmFence {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * For a node that has not seen the state yet: nobody has all of their rows in realms. What the functions were is kept, for a
     * rollback that is called off.
     */
    private static final String CLOSE = """
            DO $do$
            BEGIN
              IF to_regprocedure('realms.open_realm(uuid,%1$s)') IS NOT NULL AND EXISTS (SELECT FROM migration.going_back WHERE unfenced IS NULL) THEN
                UPDATE migration.going_back SET unfenced = pg_get_functiondef('realms.open_realm(uuid,%1$s)'::regprocedure) || ';'
                  || pg_get_functiondef('realms.has_rows_left(%1$s)'::regprocedure);
                CREATE OR REPLACE FUNCTION realms.open_realm(p_realm uuid, p_user %1$s) RETURNS text
                  LANGUAGE sql SECURITY DEFINER SET search_path = realms, pg_temp AS 'SELECT ''migrating''::text';
                CREATE OR REPLACE FUNCTION realms.has_rows_left(p_user %1$s) RETURNS boolean
                  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = realms, pg_temp AS 'SELECT true';
              END IF;
            END $do$
            """;

    /** What an earlier rollback took away is still due. */
    private static final String OPEN = """
            DO $do$
            BEGIN
              EXECUTE coalesce((SELECT unfenced FROM migration.going_back), 'SELECT');
              UPDATE migration.going_back SET unfenced = NULL;
              DELETE FROM migration.going_back WHERE NOT realms_gone;
            END $do$
            """;

    /** Transactions of the runtime role, by a name that no other transaction has; visible to every role. */
    private static final String TRANSACTIONS = """
            SELECT DISTINCT virtualtransaction FROM pg_locks JOIN pg_stat_activity AS a USING (pid)
            WHERE a.datname = current_database() AND a.usename = ? AND locktype = 'virtualxid'
            """;

    private RealmFence() {}

    /**
     * Ends when the last transaction has ended that may have been let in before.
     *
     * @param appUser the runtime role
     * @param grace how long it takes until every node has read the state
     */
    static void close(Connection connection, String appUser, Duration grace, RollbackListener listener)
            throws SQLException {
        Sql.execute(connection, "INSERT INTO migration.going_back DEFAULT VALUES ON CONFLICT DO NOTHING");
        Sql.execute(connection, CLOSE.formatted(RollbackSchema.idType(connection)));
        pause(grace, listener);
        Set<String> left = new HashSet<>(Sql.texts(connection, TRANSACTIONS, appUser));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!left.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new Rollback.CannotRollBack(
                        "%d transactions of the runtime role %s do not end: end them, and ask for the rollback again."
                                .formatted(left.size(), appUser));
            }
            pause(Duration.ofMillis(200), listener);
            left.retainAll(Sql.texts(connection, TRANSACTIONS, appUser));
        }
    }

    /** To be called in the transaction that calls the rollback off. */
    static void open(Connection connection) throws SQLException {
        Sql.execute(connection, OPEN);
    }

    private static void pause(Duration time, RollbackListener listener) throws SQLException {
        listener.done(0);
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RollbackStopped();
        }
    }
}
