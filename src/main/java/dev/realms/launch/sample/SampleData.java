package dev.realms.launch.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** Fills an empty database with users of before realms: schema and rows in one transaction, so that it is all or nothing. */
public final class SampleData {

    /** The moment at which the invented history ends; fixed, because the rows must not depend on the day. */
    static final Instant NOW = Instant.parse("2025-10-31T18:00:00Z");

    private static final String SCHEMA = "/db/expand/V1__pre_realm_schema.sql";
    private static final int USERS_PER_COPY = 250;

    private SampleData() {}

    /**
     * Makes the pre-realm tables and fills them.
     *
     * @param connection of the schema's owner to a database with no tables: one that has them fails and stays as it is
     * @return how many rows there are now
     */
    public static long load(Connection connection, int users) throws SQLException {
        boolean before = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            try (Statement statement = connection.createStatement()) {
                statement.execute(schema());
            }
            long rows = fill(connection, users);
            connection.commit();
            analyze(connection);
            return rows;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(before);
        }
    }

    private static long fill(Connection connection, int users) throws SQLException {
        SampleTables tables = new SampleTables();
        for (int rank = 1; rank <= users; rank++) {
            SampleUser.write(tables, rank, users);
            if (rank % USERS_PER_COPY == 0 || rank == users) {
                tables.send(connection);
            }
        }
        return tables.count();
    }

    /** Fresh tables have no statistics, and the migration plans by them. */
    private static void analyze(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE users, user_settings, database_servers, databases, documents, jobs, api_keys");
        }
        connection.commit();
    }

    private static String schema() {
        try (InputStream sql = SampleData.class.getResourceAsStream(SCHEMA)) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(SCHEMA, e);
        }
    }
}
