package dev.realms.realm.isolation;

import dev.realms.testing.InServer;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** What goes on outside of any realm: looking for one that was left over, transactions that take too long, and the pool itself. */
@InServer
@ApplicationScoped
class TrialOutside {

    @Resource(lookup = "java:comp/env/jdbc/realms")
    private DataSource pool;

    @Resource
    private UserTransaction transaction;

    @Inject
    private TransactionConnection current;

    @Inject
    private TrialGate gate;

    private final List<Connection> held = new ArrayList<>();

    /** What is still open in a connection from the pool, in a transaction and in none: nothing, hopefully. */
    String leftOver() throws Exception {
        StringBuilder seen = new StringBuilder();
        try (Connection connection = pool.getConnection()) {
            seen.append(TrialLook.open(connection)).append(rows(connection));
        }
        transaction.begin();
        try {
            seen.append(TrialLook.open(current.get())).append(rows(current.get()));
        } finally {
            transaction.rollback();
        }
        return seen.toString();
    }

    /** Opens the realm and outlives the transaction's timeout. */
    String outliveTransaction(UUID realmId, String userId) throws Exception {
        transaction.setTransactionTimeout(1);
        transaction.begin();
        try {
            gate.open(realmId, userId);
            try (Statement statement = current.get().createStatement()) {
                statement.execute("SELECT pg_sleep(1.5)");
            }
            transaction.commit();
            return "committed";
        } catch (Exception e) {
            rollBack();
            return "timed out";
        } finally {
            transaction.setTransactionTimeout(0);
        }
    }

    /** Takes connections from the pool and keeps them. */
    synchronized int hold(int number) throws SQLException {
        for (int i = 0; i < number; i++) {
            held.add(pool.getConnection());
        }
        return held.size();
    }

    synchronized void release() throws SQLException {
        for (Connection connection : held) {
            connection.close();
        }
        held.clear();
    }

    private void rollBack() {
        try {
            transaction.rollback();
        } catch (Exception e) {
            // It has been rolled back already.
        }
    }

    private static String rows(Connection connection) {
        try {
            return TrialLook.rows(connection);
        } catch (SQLException e) {
            return "";
        }
    }
}
