package dev.realms.migration.state;

import dev.realms.ops.DatabaseFault;
import dev.realms.ops.OwnerDatabase;
import dev.realms.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
            state IN ('rolling-back', 'rolled-back', 'rollback-failed') OR EXISTS (SELECT FROM migration.going_back)
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
            taken = database.ask(connection -> Sql.is(connection, TAKEN));
        } catch (DatabaseFault away) {
            // Requests will find out for themselves; what was known stays.
            LOG.log(Level.FINE, "The state can''t be read: {0}", DatabaseFault.sentence(away));
        }
        asked = System.nanoTime();
    }
}
