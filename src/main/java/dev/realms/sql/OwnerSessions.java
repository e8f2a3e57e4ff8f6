package dev.realms.sql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Sessions of the schema's owner in which statements mean what they say, whatever a role, the database or the server sets for everybody.
 * Every connection that does the owner's work comes from here, and never through a pooler that gives it to somebody else's program next.
 */
public final class OwnerSessions {

    /** Where a name without a schema is looked for. */
    public static final String SEARCH_PATH = "realms, pg_temp";

    /**
     * Times without a zone hold UTC, which is what {@code now()} has to be there. What takes long is the migration's own to end, so no timeout of others holds; of a kind that only some servers know, too. Read-only
     * transactions are not allowed for: who sets that may mean a server that is not to be written.
     */
    private static final String SETTINGS = """
            SET statement_timeout = 0;
            SET ROLE NONE;
            SET quote_all_identifiers = off;
            SET search_path = %s;
            SET lock_timeout = 0;
            SET idle_in_transaction_session_timeout = 0;
            SET idle_session_timeout = 0;
            SET row_security = on;
            SET TimeZone = 'UTC';
            SET DateStyle = 'ISO, MDY';
            SET IntervalStyle = 'postgres';
            SET bytea_output = 'hex';
            SET extra_float_digits = 1;
            SET standard_conforming_strings = on;
            SET backslash_quote = safe_encoding;
            SET array_nulls = on;
            SET transform_null_equals = off;
            SET xmloption = 'content';
            SET check_function_bodies = on;
            SET plan_cache_mode = auto;
            SET default_transaction_isolation = 'read committed';
            SET default_transaction_deferrable = off;
            SET default_tablespace = '';
            SET default_table_access_method = 'heap';
            SET client_min_messages = notice;
            SELECT set_config(name, reset, false) FROM (VALUES ('transaction_timeout', '0'), ('restrict_nonsystem_relation_kind', '')) AS s (name, reset)
            WHERE current_setting(name, true) IS NOT NULL;
            """.formatted(SEARCH_PATH);

    private OwnerSessions() {}

    /** The same connections, each as {@link #prepare} leaves it. */
    public static DataSource of(DataSource owner) {
        return (DataSource) Proxy.newProxyInstance(
                OwnerSessions.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(owner, arguments);
                        return answer instanceof Connection connection ? prepare(connection) : answer;
                    } catch (InvocationTargetException fault) {
                        throw fault.getCause();
                    }
                });
    }

    /**
     * Sets what the owner's work relies on.
     *
     * @param connection in auto-commit mode; closed when that fails
     * @return the same connection
     */
    public static Connection prepare(Connection connection) throws SQLException {
        try {
            Sql.execute(connection, SETTINGS);
            return connection;
        } catch (SQLException fault) {
            connection.close();
            throw fault;
        }
    }
}
