package dev.realms.migration.state;

import dev.realms.ops.DatabaseFault;
import dev.realms.ops.OwnerDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Whether the database is going back, or has gone: asked once a second as long as there are requests. Thread-safe. */
@ApplicationScoped
public class RollbackStatus {

    /** Less than what a rollback waits for until everybody knows of it. */
    private static final long AGE = Duration.ofSeconds(1).toNanos();

    private static final Logger LOG = Logger.getLogger(RollbackStatus.class.getName());

    private static final String TAKEN = """
            SELECT state IN ('rolling-back', 'rolled-back', 'rollback-failed') OR EXISTS (SELECT FROM migration.going_back)
            FROM migration.state
            """;

    @Inject
    private OwnerDatabase database;

    private volatile boolean taken;
    private volatile long asked = System.nanoTime() - 2 * AGE;

    public boolean isTaken() {
        if (System.nanoTime() - asked > AGE) {
            ask();
        }
        return taken;
    }

    /** On the node that has brought the realms back; the others find out within a second. */
    public void askAgain() {
        asked = System.nanoTime() - 2 * AGE;
    }

    /** Everybody waits for the answer: what was true before may be none any more. */
    private synchronized void ask() {
        if (System.nanoTime() - asked <= AGE) {
            return;
        }
        try {
            taken = database.ask(RollbackStatus::isTaken);
        } catch (DatabaseFault away) {
            // Requests will find out for themselves; what was known stays.
            LOG.log(Level.FINE, "The state can''t be read: {0}", DatabaseFault.sentence(away));
        }
        asked = System.nanoTime();
    }

    private static boolean isTaken(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TAKEN)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
