package dev.realms.ops.retention;

import dev.realms.ops.LockedSession;
import dev.realms.ops.OwnerDatabase;
import dev.realms.settings.Settings;
import dev.realms.sql.Sql;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Makes the months of realms' events before they come and drops those that are old, and removes realms that were deleted with what they hold when
 * their time is over: every hour, on whichever node comes first. What somebody else is in the way of is done an hour later.
 */
@Startup
@Singleton
@DependsOn("SchemaMigrator")
@TransactionManagement(TransactionManagementType.BEAN)
public class Retention {

    /** Rows that are removed in one transaction. */
    static final int PORTION = 5_000;

    /** Its advisory lock: "events" in ASCII. */
    private static final long KEY = 0x6576656e7473L;

    private static final Logger LOG = Logger.getLogger(Retention.class.getName());

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private OwnerDatabase database;

    @Inject
    private Settings settings;

    private ScheduledFuture<?> keeping;

    @PostConstruct
    void begin() {
        keeping = executor.scheduleWithFixedDelay(this::keep, 1, 60, TimeUnit.MINUTES);
    }

    @PreDestroy
    void end() {
        keeping.cancel(false);
    }

    private void keep() {
        try {
            keep(database, settings.eventRetentionDays());
        } catch (SQLException | RuntimeException fault) {
            // An exception would end the timer, and nobody may be in the way the next time.
            LOG.log(Level.INFO, "What is kept for a time only is left as it is for now: {0}", fault.getMessage());
        }
    }

    /** In short transactions. Does nothing where another node is at it, or where there are no realms. */
    static void keep(OwnerDatabase database, int eventDays) throws SQLException {
        Optional<LockedSession> session = LockedSession.open(database, KEY);
        if (session.isEmpty()) {
            return;
        }
        try (LockedSession held = session.get()) {
            Connection connection = held.connection();
            if (Sql.is(connection, "to_regclass('realms.realm_events') IS NOT NULL")) {
                Sql.execute(connection, "CALL realms.make_event_months()");
                Sql.execute(connection, "CALL realms.drop_event_months(" + eventDays + ")");
                purge(connection);
            }
        }
    }

    /** Where every row has its realm and nothing is on its way. The database ends the session of a node that goes away. */
    private static void purge(Connection connection) throws SQLException {
        long rows = 0;
        boolean found = true;
        while (found && Sql.exists(connection, "migration.state WHERE state IN ('migrated', 'finalized')")) {
            Optional<Integer> removed = Sql.first(
                    connection,
                    row -> row.getInt(1),
                    "SELECT removed FROM realms.purge_realm(" + PORTION + ") AS removed WHERE removed IS NOT NULL");
            found = removed.isPresent();
            rows += removed.orElse(0);
        }
        if (rows > 0) {
            LOG.log(Level.INFO, "Removed {0} rows of realms that were deleted with what they held", rows);
        }
    }
}
