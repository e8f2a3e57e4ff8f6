package dev.realms.migration.finalize;

import dev.realms.sql.Sql;
import dev.realms.sql.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the scripts of the finalization drop, as far as it is there. */
final class DroppedObjects {

    private static final String TABLES = """
            SELECT nspname || '.' || relname FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace
            WHERE relkind = 'r' AND (nspname = 'realms_archive'
              OR nspname = 'migration' AND relname IN ('answers', 'baseline', 'changes', 'ledger', 'suspended_triggers')) ORDER BY 1
            """;

    private static final String TRIGGERS = """
            SELECT relname || '.' || tgname FROM pg_trigger JOIN pg_class AS c ON c.oid = tgrelid JOIN pg_proc AS p ON p.oid = tgfoid
            WHERE NOT tgisinternal AND proname IN ('give_user_default_realm', 'put_row_into_realm', 'check_realm_is_empty',
              'follow_reference', 'take_rows_along', 'keep_sealed_credentials', 'note_change', 'follow_user_id', 'keep_two_names') ORDER BY 1
            """;

    private DroppedObjects() {}

    static List<FinalizationView.Table> tables(Connection connection) throws SQLException {
        List<FinalizationView.Table> tables = new ArrayList<>();
        for (String name : Sql.texts(connection, TABLES)) {
            count(connection, name).ifPresent(rows -> tables.add(new FinalizationView.Table(name, rows)));
        }
        return tables;
    }

    /** Empty for a table that has been dropped since it was listed. */
    private static Optional<Long> count(Connection connection, String table) throws SQLException {
        try {
            return Optional.of(Sql.count(connection, table));
        } catch (SQLException fault) {
            if (SqlStates.UNDEFINED_TABLE.equals(fault.getSQLState())) {
                return Optional.empty();
            }
            throw fault;
        }
    }

    static List<String> triggers(Connection connection) throws SQLException {
        return Sql.texts(connection, TRIGGERS);
    }
}
