package dev.realms.launch;

import dev.realms.settings.DatabaseUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Refuses a database that could not be served, before anything in it is changed. */
final class DatabaseCheck {

    private static final int OLDEST = 150_000;

    private final String url;

    DatabaseCheck(String url) {
        this.url = url;
    }

    /**
     * @return whether the database is empty
     * @throws CannotStart when it is too old, can't be written, or holds something else
     */
    boolean run(Connection owner) {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('server_version_num')::int,"
                        + " current_setting('server_version'), pg_is_in_recovery(), current_setting('server_encoding'),"
                        + " has_database_privilege(current_database(), 'CREATE')")) {
            row.next();
            require(row.getInt(1) >= OLDEST, "PostgreSQL 15 or newer is needed, but %s is " + row.getString(2));
            require(!row.getBoolean(3), "%s is a standby, which can't be written");
            require(row.getString(4).equals("UTF8"), "the encoding of %s must be UTF8, but is " + row.getString(4));
            require(row.getBoolean(5), "the owner role may not create a schema in %s");
            return isEmpty(owner);
        } catch (SQLException e) {
            throw new CannotStart(
                    "%s: %s can't be examined (%s).".formatted(DatabaseUrl.NAME, url, Connector.message(e)), e);
        }
    }

    private boolean isEmpty(Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT to_regnamespace('migration') IS NULL AND NOT EXISTS ("
                                + "SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f'))")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private void require(boolean holds, String sentence) {
        if (!holds) {
            throw new CannotStart(DatabaseUrl.NAME + ": " + sentence.formatted(url) + ".");
        }
    }
}
