package dev.realms.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.junit.jupiter.api.Test;

@DatabaseTest
class OwnersOnlyTest {

    private static final String OPEN =
            "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'realms'::regnamespace AND has_function_privilege('public', oid, 'EXECUTE')"
                    + " UNION ALL SELECT oid::regclass::text FROM pg_class WHERE relnamespace IN ('realms'::regnamespace, 'migration'::regnamespace) AND relkind = 'r'"
                    + " AND has_table_privilege('public', oid, 'SELECT') ORDER BY 1";

    private static final String SCHEMAS = "CREATE SCHEMA realms; CREATE SCHEMA migration";

    private final OwnersOnly callback = new OwnersOnly(Stage.CONTRACT);

    @Test
    void closesWhatTheScriptHasMadeAndNothingElse() throws Exception {
        TestSql database = new TestSql(FreshDatabases.empty());
        database.run(SCHEMAS, function("older"), table("migration.flyway_contract"));

        try (Connection script = database.database().getConnection()) {
            script.setAutoCommit(false);
            on(script, Event.BEFORE_EACH_MIGRATE);
            run(
                    script,
                    function("made"),
                    table("made_table"),
                    "CREATE OR REPLACE " + function("older").substring(7));
            database.run(function("of_another"), table("table_of_another"));
            on(script, Event.AFTER_EACH_MIGRATE);
            script.commit();
        }

        assertThat(database.ask(OPEN)).containsExactly("of_another()", "older()", "table_of_another");
    }

    /** A build of an index takes minutes, in which others work. Flyway's history is closed by the first script, whatever that makes. */
    @Test
    void closesNothingAfterAScriptWithoutATransaction() throws Exception {
        TestSql database = new TestSql(FreshDatabases.empty());
        database.run(SCHEMAS, table("migration.flyway_contract"));

        try (Connection script = database.database().getConnection()) {
            on(script, Event.BEFORE_EACH_MIGRATE);
            database.run(function("of_another"), table("table_of_another"));
            on(script, Event.AFTER_EACH_MIGRATE);
        }

        assertThat(database.ask(OPEN)).containsExactly("of_another()", "table_of_another");
    }

    private static String function(String name) {
        return "CREATE FUNCTION " + name + "() RETURNS int LANGUAGE sql AS 'SELECT 1'";
    }

    private static String table(String name) {
        return "CREATE TABLE " + name + " (a int); GRANT SELECT ON " + name + " TO PUBLIC";
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void on(Connection connection, Event event) {
        callback.handle(event, (Context) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> connection));
    }
}
