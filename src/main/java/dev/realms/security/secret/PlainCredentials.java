package dev.realms.security.secret;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongConsumer;

/** Passwords and keys of servers that stand in the table as they were given, from before realms. */
public final class PlainCredentials {

    private static final String IS_PLAIN = "NOT starts_with(%s, '" + SecretBox.FORM + "')";

    private PlainCredentials() {}

    public static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FILTER (WHERE %s) + count(*) FILTER (WHERE %s) FROM database_servers"
                                .formatted(IS_PLAIN.formatted("password"), IS_PLAIN.formatted("api_key")))) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Seals them; can be broken off and done again at any time.
     *
     * @param connection in auto-commit mode: a portion is one transaction for each field
     * @param progress told how many values have been sealed
     * @return how many were
     * @throws IllegalStateException on a node that has no master key
     */
    public static long seal(Connection connection, SecretBox box, LongConsumer progress) throws SQLException {
        return CredentialSweep.run(connection, new Sealed(box), progress).changed();
    }

    private record Sealed(SecretBox box) implements CredentialSweep.Form {

        @Override
        public String isToDo(String column) {
            return IS_PLAIN.formatted(column);
        }

        @Override
        public boolean isToDoValue(String value) {
            return !SecretBox.isSealed(value);
        }

        @Override
        public String of(String value, SecretPlace place) {
            return box.seal(value, place);
        }
    }
}
