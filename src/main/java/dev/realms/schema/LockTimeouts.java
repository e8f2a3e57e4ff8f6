package dev.realms.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * How long a script may wait for a lock. While it waits for a strong one, everybody else queues behind it: then briefly. A
 * script that builds indexes concurrently stops nobody and has to see every older transaction end: then long.
 */
record LockTimeouts(Stage stage) implements Callback {

    /** For whoever waits where others queue behind. */
    static final String BRIEF = "SET lock_timeout = '500ms'";

    /** For whoever waits for older transactions to end. */
    static final String LONG = "SET lock_timeout = '60s'";

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
        boolean concurrent = script(context.getMigrationInfo().getScript()).contains("CONCURRENTLY");
        try (Statement statement = context.getConnection().createStatement()) {
            statement.execute(concurrent ? LONG : BRIEF);
        } catch (SQLException fault) {
            throw new FlywayException("The lock timeout could not be set", fault);
        }
    }

    private String script(String name) {
        try (InputStream in = getClass().getResourceAsStream("/" + stage.folder() + "/" + name)) {
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
