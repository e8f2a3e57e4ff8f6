package dev.realms.launch;

import dev.realms.launch.Command.CannotStart;
import dev.realms.migration.schema.DatabaseShape;
import dev.realms.migration.schema.Pooling;
import dev.realms.settings.DatabaseUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Refuses a database that could not be served, before anything in it is changed. */
record DatabaseCheck(Connector owner) {

    private static final int OLDEST = 150_000;

    /**
     * @return whether the database is empty
     * @throws CannotStart when it is too old, can't be written, or holds something else
     */
    boolean run(Connection connection) {
        try {
            Pooling.faultOfOwner(owner::open).ifPresent(fault -> {
                throw new CannotStart(fault);
            });
            requireUsable(connection);
            DatabaseShape shape = DatabaseShape.of(connection);
            if (shape.kind() == DatabaseShape.Kind.UNKNOWN) {
                throw new CannotStart(DatabaseUrl.NAME + ": " + shape.difference());
            }
            return shape.kind() == DatabaseShape.Kind.EMPTY;
        } catch (SQLException e) {
            throw new CannotStart(
                    "%s: %s can't be examined (%s).".formatted(DatabaseUrl.NAME, owner.url(), Connector.message(e)), e);
        }
    }

    private void requireUsable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('server_version_num')::int,"
                        + " current_setting('server_version'), current_setting('transaction_read_only') = 'on', current_setting('server_encoding'),"
                        + " has_database_privilege(current_database(), 'CREATE'),"
                        + " coalesce(has_schema_privilege(to_regnamespace('public'), 'CREATE'), false)")) {
            row.next();
            require(row.getInt(1) >= OLDEST, "PostgreSQL 15 or newer is needed, but %s is " + row.getString(2));
            require(!row.getBoolean(3), "%s can only be read: it is a standby, or default_transaction_read_only is on");
            require(row.getString(4).equals("UTF8"), "the encoding of %s must be UTF8, but is " + row.getString(4));
            require(row.getBoolean(5), "the owner role may not create a schema in %s");
            require(row.getBoolean(6), "the owner role may not create tables in the schema public of %s");
        }
    }

    private void require(boolean holds, String sentence) {
        if (!holds) {
            throw new CannotStart(DatabaseUrl.NAME + ": " + sentence.formatted(owner.url()) + ".");
        }
    }
}
