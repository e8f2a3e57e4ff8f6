package dev.realms.migration.schema;

import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Nobody but its owner has a right on what a script has made, whatever PostgreSQL or the installation's default privileges give to new
 * things. Taken in the transaction that makes it; who needs a right gets it by name, later. What others make meanwhile is theirs.
 */
public final class OwnersOnly implements Callback {

    // Wherever they are: a script may move a table to another schema, with the rights that it has. What PostgreSQL came
    // with, thousands of functions, has lower numbers.
    private static final String KEYS = """
            SELECT 'r' || oid FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND oid >= 16384 AND %1$s
            UNION ALL SELECT 'f' || oid FROM pg_proc WHERE oid >= 16384 AND %1$s
            UNION ALL SELECT 'n' || oid FROM pg_namespace WHERE oid >= 16384 AND %1$s
            """;

    private static final String REVOKE = """
            WITH objects AS (
              SELECT 'r' || c.oid AS key, CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END || format(' %I.%I', nspname, relname) AS name,
                     relacl AS acl, relowner AS owner, nspname AS schema, relname
              FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.oid >= 16384
              UNION ALL
              SELECT 'f' || p.oid, 'ROUTINE ' || p.oid::regprocedure, coalesce(proacl, acldefault('f', proowner)), proowner, nspname, NULL
              FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace WHERE p.oid >= 16384
              UNION ALL
              SELECT 'n' || oid, format('SCHEMA %I', nspname), nspacl, nspowner, nspname, NULL FROM pg_namespace WHERE oid >= 16384)
            SELECT DISTINCT format('REVOKE ALL ON %s FROM %s', name, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END)
            FROM objects, aclexplode(acl) WHERE schema = ANY (?) AND grantee <> owner
            """;

    private static final String ALL = KEYS.formatted("true");

    // A script that runs in no transaction makes nothing but indexes. What a script changes has its number as well, and
    // was there before.
    private static final String WRITTEN = KEYS.formatted("xmin = pg_current_xact_id()::xid");

    private static final String REVOKE_OF_SCRIPT = REVOKE + """
            AND owner = (SELECT oid FROM pg_roles WHERE rolname = current_user) AND (relname = ? OR key = ANY (?))
            """;

    private static final String[] SCHEMAS = {"realms", "migration", "realms_doors"};

    private final Stage stage;
    /** What is there and closed, or not ours to close. */
    private final Set<String> known = new HashSet<>();

    /** Flyway makes it before any script runs. */
    private boolean isHistoryClosed;

    OwnersOnly(Stage stage) {
        this.stage = stage;
    }

    /** For what no script makes: a whole schema. */
    public static void close(Connection connection, String schema) throws SQLException {
        execute(connection, Sql.texts(connection, REVOKE, (Object) new String[] {schema}));
    }

    private static void execute(Connection connection, List<String> revocations) throws SQLException {
        for (String revocation : revocations) {
            Sql.execute(connection, revocation);
        }
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        Connection connection = context.getConnection();
        try {
            if (event == Event.AFTER_EACH_MIGRATE) {
                close(connection);
            } else if (known.isEmpty()) {
                known.addAll(Sql.texts(connection, ALL));
            }
        } catch (SQLException fault) {
            throw new FlywayException("What a script made could not be closed", fault);
        }
    }

    private void close(Connection connection) throws SQLException {
        List<String> made = Sql.texts(connection, WRITTEN);
        made.removeIf(key -> !known.add(key));
        if (!made.isEmpty() || !isHistoryClosed) {
            execute(
                    connection,
                    Sql.texts(connection, REVOKE_OF_SCRIPT, SCHEMAS, stage.history(), made.toArray(String[]::new)));
            isHistoryClosed = true;
        }
    }

    @Override
    public String getCallbackName() {
        return "OwnersOnly";
    }
}
