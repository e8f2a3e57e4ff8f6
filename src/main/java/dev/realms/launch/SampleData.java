package dev.realms.launch;

import dev.realms.sql.Sql;
import dev.realms.sql.TextResource;
import java.sql.Connection;
import java.sql.SQLException;

/** Invented users and their data in the pre-realm shape, to try the product and its migration on; {@code sample.sql} draws them. */
final class SampleData {

    private static final String SCHEMA = "db/tables/V2__pre_realm_tables.sql";
    private static final String ROWS = "dev/realms/launch/sample.sql";
    private static final String TABLES = "users, user_settings, database_servers, databases, documents, jobs, api_keys";

    private SampleData() {}

    /**
     * Makes the pre-realm tables and fills them, in one transaction.
     *
     * @param connection of the schema's owner to a database with no tables: one that has them fails and stays as it is
     * @return how many rows there are now
     */
    static long load(Connection connection, int users) throws SQLException {
        boolean before = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            Sql.execute(connection, "SET LOCAL search_path = public");
            Sql.execute(connection, TextResource.read(SCHEMA));
            Sql.execute(connection, TextResource.read(ROWS).replace(":users", Integer.toString(users)));
            // Fresh tables have no statistics, and the migration plans by them.
            Sql.execute(connection, "ANALYZE " + TABLES);
            long rows = 0;
            for (String table : TABLES.split(", ")) {
                rows += Sql.count(connection, table);
            }
            connection.commit();
            return rows;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(before);
        }
    }
}
