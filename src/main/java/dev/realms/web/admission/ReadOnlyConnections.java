package dev.realms.web.admission;

import dev.realms.web.problem.ReadOnlySessions;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** The pool of requests, and what it keeps of a server that can only be read. */
@ApplicationScoped
public class ReadOnlyConnections {

    private static final Logger LOG = Logger.getLogger(ReadOnlyConnections.class.getName());

    /** Shorter than the pause between two tries: what was in use at the first is found at the next. */
    private static final Duration BETWEEN = Duration.ofMillis(400);

    @Resource(lookup = "java:comp/env/jdbc/realms")
    private DataSource database;

    private final AtomicLong last = new AtomicLong(System.nanoTime() - BETWEEN.toNanos());

    /** Has the pool let go of them, a few times a second at most. To be called outside of every transaction. */
    public void letGo() {
        long before = last.get();
        long now = System.nanoTime();
        if (now - before < BETWEEN.toNanos() || !last.compareAndSet(before, now)) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            if (ReadOnlySessions.end(connection)) {
                LOG.warning("The database can only be read: its connections are given up for new ones");
            }
        } catch (SQLException fault) {
            LOG.log(Level.FINE, "The database can''t be asked whether it can be written: {0}", fault.toString());
        }
    }
}
