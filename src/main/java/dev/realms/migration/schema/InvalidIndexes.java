package dev.realms.migration.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** What a concurrent build leaves when it is interrupted: kept up by every writer and used by nobody. */
final class InvalidIndexes {

    private static final Logger LOG = Logger.getLogger(InvalidIndexes.class.getName());

    private InvalidIndexes() {}

    /** Drops those that the stage builds; another's may be in the making. */
    static void drop(DataSource owner, Stage stage) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            for (String index : find(connection, stage)) {
                LOG.log(Level.INFO, "Dropping the half-built index {0}", index);
                statement.execute(LockTimeouts.LONG);
                statement.execute("DROP INDEX CONCURRENTLY IF EXISTS " + index);
            }
        }
    }

    private static List<String> find(Connection connection, Stage stage) throws SQLException {
        String sql = """
                SELECT format('%I.%I', nspname, relname) FROM pg_index i JOIN pg_class c ON c.oid = indexrelid
                JOIN pg_namespace n ON n.oid = relnamespace
                WHERE nspname = 'public' AND NOT indisvalid AND relname SIMILAR TO ?
                """;
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, stage.indexes());
            try (ResultSet rows = query.executeQuery()) {
                List<String> names = new ArrayList<>();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        }
    }
}
