package dev.realms.migration.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/** Lets one node at a time change the schema at start-up. PostgreSQL frees it when the holder's connection ends. */
final class SchemaLock {

    /** Any number that nobody else uses for an advisory lock. */
    private static final long KEY = 0x5265616c6d733031L;

    private final Connection connection;

    private SchemaLock(Connection connection) {
        this.connection = connection;
    }

    /** Asks again and again: a statement that waits for it would be an old transaction to the holder's index builds. */
    static SchemaLock acquire(Connection connection, Duration patience) throws SQLException {
        Instant end = Instant.now().plus(patience);
        while (!call(connection, "pg_try_advisory_lock")) {
            if (Instant.now().isAfter(end)) {
                throw new SchemaException("Another node has been changing the schema for " + patience.toMinutes()
                        + " minutes; start again when it is done.");
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new SchemaException("The schema's change was interrupted.", interrupted);
            }
        }
        return new SchemaLock(connection);
    }

    void release() throws SQLException {
        call(connection, "pg_advisory_unlock");
    }

    private static boolean call(Connection connection, String function) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + function + "(" + KEY + ")")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
