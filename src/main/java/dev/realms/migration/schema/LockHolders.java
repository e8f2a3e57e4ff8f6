package dev.realms.migration.schema;

import dev.realms.realm.isolation.RealmTables;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Who may be in the way of a lock or of an index build, in words for the log: never a statement, which may hold data of people. */
final class LockHolders {

    // Without pg_read_all_stats, what others do and since when is hidden.
    private static final String OLDEST = """
            SELECT coalesce(CASE WHEN backend_type = 'autovacuum worker' THEN query END, nullif(application_name, ''),
                            CASE WHEN usename IS NULL THEN 'a process of PostgreSQL, such as autovacuum' ELSE 'a session' END)
                   || ' (process ' || pid || coalesce(' of ' || usename, '') || coalesce(', for ' || date_trunc('second', now() - xact_start), '') || ')'
            FROM pg_stat_activity AS a
            WHERE pid <> pg_backend_pid() AND datname = current_database()
              AND (backend_xmin IS NOT NULL
                   OR EXISTS (SELECT FROM pg_locks AS l JOIN pg_class AS c ON c.oid = relation JOIN pg_database AS d ON d.oid = l.database
                              WHERE l.pid = a.pid AND granted AND d.datname = current_database()
                                AND relkind IN ('r', 'p') AND relname IN (%s)))
            ORDER BY xact_start NULLS LAST, pid LIMIT 3
            """.formatted(RealmTables.literals(RealmTables.PRE_REALM));

    private LockHolders() {}

    /** The oldest transactions that hold locks or a snapshot, at most three. */
    static String oldest(DataSource owner) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(OLDEST)) {
            StringBuilder holders = new StringBuilder();
            while (rows.next()) {
                holders.append(holders.isEmpty() ? "" : ", ").append(rows.getString(1));
            }
            return holders.isEmpty() ? "nobody any more" : holders.toString();
        } catch (SQLException fault) {
            return "unknown: " + fault.getMessage();
        }
    }
}
