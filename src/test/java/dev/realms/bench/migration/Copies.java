package dev.realms.bench.migration;

import dev.realms.migration.schema.ExpandSchema;
import dev.realms.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Fresh copies of one expanded pre-realm database. */
final class Copies {

    private static final String COPY = "bench_copy";

    private Copies() {}

    static void prepare(int users) throws SQLException {
        TestDatabase.resetToPreRealm(users);
        new ExpandSchema(source("realms"), System.getenv("REALMS_DB_APP_USER")).run();
        TestDatabase.asOwner("VACUUM (ANALYZE)");
    }

    /** Drops the one before. */
    static DataSource fresh() {
        drop();
        TestDatabase.asSuperuser("CREATE DATABASE " + COPY + " TEMPLATE realms STRATEGY file_copy OWNER "
                + System.getenv("REALMS_DB_OWNER_USER"));
        TestDatabase.asSuperuser("CHECKPOINT");
        return source(COPY);
    }

    /** The roles of later tests must have nothing left in it. */
    static void drop() {
        TestDatabase.asSuperuser("DROP DATABASE IF EXISTS " + COPY + " WITH (FORCE)");
    }

    static long ask(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static DataSource source(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(TestDatabase.url());
        source.setDatabaseName(database);
        source.setUser(System.getenv("REALMS_DB_OWNER_USER"));
        source.setPassword(System.getenv("REALMS_DB_OWNER_PASSWORD"));
        return source;
    }
}
