package dev.realms.migration.schema;

import dev.realms.sql.Sql;
import dev.realms.sql.TextResource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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

    // Before the take-over they are where the installation has them.
    private static final String EXISTING = """
            SELECT format('%I.%I', nspname, relname) FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace
            WHERE relkind = 'r' AND relname = ANY (?) AND (nspname = 'realms' OR nspname = (SELECT schema_name FROM migration.origin))
            ORDER BY relname
            """;

    /** In which scripts name our tables, and find nothing that others made. */
    private static final String PATH = "SET search_path = realms, pg_temp";

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
        String script = TextResource.read(
                stage.folder() + "/" + context.getMigrationInfo().getScript());
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(PATH);
            statement.execute(LONG);
            if (!script.contains("CONCURRENTLY")) {
                statement.execute(ABANDONED);
                // The books are what says where the tables are.
                for (String table : stage == Stage.BOOKS ? List.<String>of() : existing(connection, script)) {
                    statement.execute("LOCK TABLE " + table + " IN SHARE UPDATE EXCLUSIVE MODE");
                }
                statement.execute(BRIEF);
            }
        } catch (SQLException fault) {
            throw new FlywayException("The locks of a script could not be prepared", fault);
        }
    }

    /** The tables a script names, wherever they are, always in the same order. */
    private static List<String> existing(Connection connection, String script) throws SQLException {
        String[] named = TABLE.matcher(script)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toArray(String[]::new);
        return Sql.texts(connection, EXISTING, (Object) named);
    }

    @Override
    public String getCallbackName() {
        return "LockTimeouts";
    }
}
