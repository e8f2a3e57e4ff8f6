package dev.realms.ops;

import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/** Transactions in which every statement sees the database as it was at one moment. */
public final class Snapshots {

    private Snapshots() {}

    public static <T> T read(Connection connection, OwnerDatabase.Work<T> work) throws SQLException {
        return run(connection, "READ ONLY", work);
    }

    public static <T> T write(Connection connection, OwnerDatabase.Work<T> work) throws SQLException {
        return run(connection, "READ WRITE", work);
    }

    private static <T> T run(Connection connection, String mode, OwnerDatabase.Work<T> work) throws SQLException {
        return Transactions.run(connection, transaction -> {
            Sql.execute(transaction, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, " + mode);
            // One session that joins whole tables; without memory it would do so on disk.
            Sql.execute(transaction, "SET LOCAL work_mem = '128MB'; SET LOCAL jit = off");
            return work.on(transaction);
        });
    }
}
