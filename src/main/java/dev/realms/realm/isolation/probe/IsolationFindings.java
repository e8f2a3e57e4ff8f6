package dev.realms.realm.isolation.probe;

import dev.realms.realm.isolation.probe.IsolationVerdict.IsolationFinding;
import dev.realms.sql.Sql;
import dev.realms.sql.SqlStates;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** Asks everything that isolation rests on. */
record IsolationFindings(DataSource runtime, DataSource owner, EntityManagerFactory unit) {

    /** From here on the database itself has to keep realms apart. */
    private static final Set<String> CONTRACTED = Set.of("migrated", "finalized");

    /** A rollback takes the realms away; until they are back nobody is served who could be in one. */
    private static final String NO_REALMS = "no-realms";

    private static final String STATE = "SELECT CASE WHEN EXISTS (SELECT FROM migration.going_back) THEN '" + NO_REALMS
            + "' ELSE state END FROM migration.state";

    private static final String REALM_TABLES = """
            SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'realm_id' AND NOT attisdropped
            WHERE relnamespace = to_regnamespace('realms') AND relkind IN ('r', 'p')
            """;

    /** In which every name outside of pg_catalog is printed with its schema, and in quotes where it needs them. */
    private static final String TRANSACTION =
            "SELECT set_config('search_path', 'pg_catalog', true), set_config('quote_all_identifiers', 'off', true), set_config('statement_timeout', '10s', true),"
                    + " set_config('idle_in_transaction_session_timeout', '30s', true)";

    List<IsolationFinding> find() throws SQLException {
        List<String> ownerRole;
        List<String> state;
        try (Connection connection = open(owner)) {
            ownerRole = role(connection);
            state = Sql.texts(connection, STATE);
        }
        try (Connection connection = open(runtime)) {
            connection.setAutoCommit(false);
            try {
                return find(connection, ownerRole, state);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /**
     * Asks the catalogue questions whose rows are findings: reason, subject, sentence.
     *
     * @param connection in a transaction, whose settings it changes
     */
    static List<IsolationFinding> ask(Connection connection, String... questions) throws SQLException {
        List<IsolationFinding> found = new ArrayList<>();
        Sql.execute(connection, TRANSACTION);
        for (String question : questions) {
            found.addAll(Sql.list(
                    connection,
                    row -> new IsolationFinding(row.getString(1), row.getString(2), row.getString(3)),
                    question));
        }
        return found;
    }

    private List<IsolationFinding> find(Connection connection, List<String> ownerRole, List<String> state)
            throws SQLException {
        List<IsolationFinding> found = new ArrayList<>();
        if (role(connection).equals(ownerRole)) {
            found.add(new IsolationFinding(
                    "same-role", "", "The runtime role and the schema's owner are one and the same role."));
        }
        found.addAll(RoleFindings.of(connection));
        if (!state.contains(NO_REALMS)) {
            found.addAll(PersistenceUnitFindings.of(unit, new HashSet<>(Sql.texts(connection, REALM_TABLES))));
        }
        if (CONTRACTED.containsAll(state)) {
            found.addAll(TableFindings.of(connection));
        } else if (!state.contains(NO_REALMS)) {
            found.addAll(TableFindings.beforeContract(connection));
        }
        return found;
    }

    private static List<String> role(Connection connection) throws SQLException {
        return Sql.texts(connection, "SELECT current_user");
    }

    /** No connection, for whatever reason: the database is away, or all connections are taken. */
    private static Connection open(DataSource database) throws SQLException {
        try {
            return database.getConnection();
        } catch (SQLException fault) {
            throw new SQLNonTransientConnectionException("No connection", SqlStates.NO_CONNECTION, fault);
        }
    }
}
