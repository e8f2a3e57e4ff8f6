package dev.realms.testing.oldapplication;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Transactions of the application that lock a row and write it a moment later, one after the other on each table, half of the time. Each waits for somebody
 * who wants the table for themselves before it writes. Whoever took a weaker lock on the table before, in the same transaction, is in a
 * deadlock then, and PostgreSQL ends one of both.
 */
public final class LockingTransactions implements AutoCloseable {

    private static final long PATIENCE = 50_000_000;

    private final DataSource database;
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    public LockingTransactions(DataSource database) {
        this.database = database;
    }

    public LockingTransactions begin() {
        for (String table : OldApplicationRole.TABLES) {
            Thread thread = new Thread(() -> work(table), "locks " + table);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        return this;
    }

    /** By table, with their SQLSTATE and message. */
    public List<String> failures() {
        return failures;
    }

    @Override
    public void close() {
        ended = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(String table) {
        try (Connection connection = database.getConnection();
                Connection watch = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            int backend = Integer.parseInt(ask(statement, "SELECT pg_backend_pid()"));
            while (!ended) {
                try {
                    String id = ask(statement, "SELECT id FROM " + table + " ORDER BY id LIMIT 1 FOR UPDATE");
                    awaitSomebodyBehind(watch, backend);
                    statement.execute("UPDATE " + table + " SET id = id WHERE id = '" + id + "'");
                    connection.commit();
                    LockSupport.parkNanos(PATIENCE);
                } catch (SQLException fault) {
                    failures.add(table + ": " + fault.getSQLState() + " " + fault.getMessage());
                    connection.rollback();
                }
            }
        } catch (SQLException lost) {
            failures.add(table + ": " + lost.getSQLState() + " " + lost.getMessage());
        }
    }

    private static String ask(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void awaitSomebodyBehind(Connection watch, int backend) throws SQLException {
        long end = System.nanoTime() + PATIENCE;
        try (PreparedStatement question = watch.prepareStatement(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND locktype = 'relation' AND ? = ANY (pg_blocking_pids(pid)))")) {
            question.setInt(1, backend);
            boolean somebody = false;
            while (!somebody && !ended && System.nanoTime() < end) {
                try (ResultSet row = question.executeQuery()) {
                    row.next();
                    somebody = row.getBoolean(1);
                }
                LockSupport.parkNanos(2_000_000);
            }
        }
    }
}
