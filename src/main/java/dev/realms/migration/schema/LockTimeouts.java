package dev.realms.migration.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * How long a script may wait for a lock. While it waits for a strong one, everybody else queues behind it: then briefly. A
 * script that builds indexes concurrently stops nobody and has to see every older transaction end: then long.
 *
 * <p>Vacuuming by itself gives way, but only to who has waited for a second, and it is most at work when the migration has just
 * rewritten a table. So it is met with a lock that stops nobody else, before the strong one is asked for.
 *
 * @param stopped asked before each script
 */
record LockTimeouts(Stage stage, BooleanSupplier stopped) implements Callback {

    /** For whoever waits where others queue behind. */
    static final String BRIEF = "SET lock_timeout = '500ms'";

    /** For whoever waits for older transactions to end, or for vacuum to give way. */
    static final String LONG = "SET lock_timeout = '60s'";

    /** A node that is suspended in the middle of a script must not keep what it has locked. */
    static final String ABANDONED = "SET LOCAL idle_in_transaction_session_timeout = '30s'";

    private static final Pattern TABLE =
            Pattern.compile("\\b(users|user_settings|realms|database_servers|databases|documents|jobs|api_keys)\\b");

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        if (stopped.getAsBoolean()) {
            throw new FlywayException(
                    "stopped before " + context.getMigrationInfo().getScript());
        }
        String script = script(context.getMigrationInfo().getScript());
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(LONG);
            if (!script.contains("CONCURRENTLY")) {
                statement.execute(ABANDONED);
                for (String table : existing(connection, script)) {
                    statement.execute("LOCK TABLE public." + table + " IN SHARE UPDATE EXCLUSIVE MODE");
                }
                statement.execute(BRIEF);
            }
        } catch (SQLException fault) {
            throw new FlywayException("The locks of a script could not be prepared", fault);
        }
    }

    /** The tables a script names, always in the same order. */
    private static List<String> existing(Connection connection, String script) throws SQLException {
        List<String> named = TABLE.matcher(script)
                .results()
                .map(MatchResult::group)
                .distinct()
                .sorted()
                .toList();
        List<String> existing = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT to_regclass('public.' || ?) IS NOT NULL")) {
            for (String table : named) {
                query.setString(1, table);
                try (ResultSet row = query.executeQuery()) {
                    if (row.next() && row.getBoolean(1)) {
                        existing.add(table);
                    }
                }
            }
        }
        return existing;
    }

    /** From where Flyway has it. */
    private String script(String name) {
        try (InputStream in =
                Thread.currentThread().getContextClassLoader().getResourceAsStream(stage.folder() + "/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new FlywayException("The script " + name + " could not be read", fault);
        }
    }

    @Override
    public String getCallbackName() {
        return "LockTimeouts";
    }
}
