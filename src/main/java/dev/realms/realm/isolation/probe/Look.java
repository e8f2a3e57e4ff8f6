package dev.realms.realm.isolation.probe;

import dev.realms.sql.SqlStates;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** One look at everything that isolation rests on. */
record Look(DataSource runtime, DataSource owner, EntityManagerFactory unit) {

    /** From here on the database itself has to keep realms apart. */
    private static final Set<String> CONTRACTED = Set.of("migrated", "finalized");

    /** A rollback takes the realms away; until they are back nobody is served who could be in one. */
    private static final String NO_REALMS = "no-realms";

    private static final String STATE = "SELECT CASE WHEN EXISTS (SELECT FROM migration.going_back) THEN '" + NO_REALMS
            + "' ELSE state END FROM migration.state";

    private static final String REALM_TABLES = """
            SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'realm_id' AND NOT attisdropped
            WHERE relnamespace = to_regnamespace('public') AND relkind IN ('r', 'p')
            """;

    List<Finding> findings() throws SQLException {
        List<String> ownerRole;
        List<String> state;
        try (Connection connection = open(owner)) {
            ownerRole = texts(connection, "SELECT current_user");
            state = texts(connection, STATE);
        }
        try (Connection connection = open(runtime)) {
            connection.setAutoCommit(false);
            try {
                return findings(connection, ownerRole, state);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private List<Finding> findings(Connection connection, List<String> ownerRole, List<String> state)
            throws SQLException {
        List<Finding> found = new ArrayList<>();
        if (texts(connection, "SELECT current_user").equals(ownerRole)) {
            found.add(
                    new Finding("same-role", "", "The runtime role and the schema's owner are one and the same role."));
        }
        found.addAll(RoleFindings.of(connection));
        if (!state.contains(NO_REALMS)) {
            found.addAll(UnitFindings.of(unit, new HashSet<>(texts(connection, REALM_TABLES))));
        }
        if (CONTRACTED.containsAll(state)) {
            found.addAll(TableFindings.of(connection));
        } else if (!state.contains(NO_REALMS)) {
            found.addAll(TableFindings.beforeContract(connection));
        }
        return found;
    }

    /** No connection, for whatever reason: the database is away, or all connections are taken. */
    private static Connection open(DataSource database) throws SQLException {
        try {
            return database.getConnection();
        } catch (SQLException fault) {
            throw new SQLNonTransientConnectionException("No connection", SqlStates.NO_CONNECTION, fault);
        }
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
