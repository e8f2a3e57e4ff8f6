package dev.realms.migration.rollback;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Sees to it that nobody is at work in a realm any more, on whichever node. The application from before realms goes on. */
final class Closing {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * The second fence, for a node that has not seen the state yet: nobody has all of their rows in realms. What the functions were is
     * kept, for a rollback that is called off.
     */
    private static final String FENCE = """
            DO $do$
            BEGIN
              IF to_regprocedure('public.open_realm(uuid,uuid)') IS NOT NULL AND EXISTS (SELECT FROM migration.going_back WHERE unfenced IS NULL) THEN
                UPDATE migration.going_back SET unfenced = pg_get_functiondef('public.open_realm(uuid,uuid)'::regprocedure) || ';'
                  || pg_get_functiondef('public.has_rows_left(uuid)'::regprocedure);
                CREATE OR REPLACE FUNCTION public.open_realm(p_realm uuid, p_user uuid) RETURNS text
                  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS 'SELECT ''migrating''::text';
                CREATE OR REPLACE FUNCTION public.has_rows_left(p_user uuid) RETURNS boolean
                  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS 'SELECT true';
              END IF;
            END $do$
            """;

    /** Transactions of the runtime role, by a name that no other transaction has; visible to every role. */
    private static final String TRANSACTIONS = """
            SELECT DISTINCT virtualtransaction FROM pg_locks JOIN pg_stat_activity AS a USING (pid)
            WHERE a.datname = current_database() AND a.usename = ? AND locktype = 'virtualxid'
            """;

    /** To be run in the transaction that calls the rollback off. What an earlier rollback took away is still due. */
    static final String OPEN = """
            DO $do$
            BEGIN
              EXECUTE coalesce((SELECT unfenced FROM migration.going_back), 'SELECT');
              UPDATE migration.going_back SET unfenced = NULL;
              DELETE FROM migration.going_back WHERE NOT realms_gone;
            END $do$
            """;

    private final Connection connection;
    private final String appUser;

    Closing(Connection connection, String appUser) {
        this.connection = connection;
        this.appUser = appUser;
    }

    /** @param grace how long it takes until every node has read the state */
    void run(Duration grace, Watch watch) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO migration.going_back DEFAULT VALUES ON CONFLICT DO NOTHING");
            statement.execute(FENCE);
        }
        pause(grace, watch);
        Set<String> left = transactions();
        for (long end = System.nanoTime() + PATIENCE.toNanos(); !left.isEmpty(); left.retainAll(transactions())) {
            if (System.nanoTime() > end) {
                throw new CannotRollBack(
                        "%d transactions of the runtime role %s do not end: end them, and ask for the rollback again."
                                .formatted(left.size(), appUser));
            }
            pause(Duration.ofMillis(200), watch);
        }
    }

    private Set<String> transactions() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TRANSACTIONS)) {
            query.setString(1, appUser);
            try (ResultSet row = query.executeQuery()) {
                Set<String> transactions = new HashSet<>();
                while (row.next()) {
                    transactions.add(row.getString(1));
                }
                return transactions;
            }
        }
    }

    private static void pause(Duration time, Watch watch) throws SQLException {
        watch.done(0);
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Watch.Stopped();
        }
    }
}
