package dev.realms.ops;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Transactions in which every statement sees the database as it was at one moment. */
public final class Snapshots {

    private Snapshots() {}

    public static <T> T read(Connection connection, Work<T> work) throws SQLException {
        return run(connection, "READ ONLY", work);
    }

    public static <T> T write(Connection connection, Work<T> work) throws SQLException {
        return run(connection, "READ WRITE", work);
    }

    private static <T> T run(Connection connection, String mode, Work<T> work) throws SQLException {
        return Transactions.run(connection, transaction -> {
            try (Statement statement = transaction.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, " + mode);
                // One session that joins whole tables; without memory it would do so on disk.
                statement.execute("SET LOCAL work_mem = '128MB'; SET LOCAL jit = off");
                return work.with(statement);
            }
        });
    }

    @FunctionalInterface
    public interface Work<T> {
        T with(Statement statement) throws SQLException;
    }
}
