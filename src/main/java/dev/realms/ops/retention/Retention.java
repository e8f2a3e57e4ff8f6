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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
    private static final int PORTION = 5_000;

    /** Its advisory lock: "events" in ASCII. A start waits for it, so nothing long is done under it. */
    private static final long EVENTS = 0x6576656e7473L;

    /** "purge" in ASCII. */
    private static final long PURGE = 0x7075726765L;

    /** What is left then is removed an hour later. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger(Retention.class.getName());

    /** @param fault why nothing was removed; null where something was, or the realm itself */
    private record Purged(UUID realm, int removed, String fault) {}

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
        alone(database, EVENTS, connection -> {
            if (Sql.is(connection, "to_regclass('realms.realm_events') IS NOT NULL")) {
                Sql.execute(connection, "CALL realms.make_event_months()");
                Sql.execute(connection, "CALL realms.drop_event_months(" + eventDays + ")");
            }
            return null;
        });
        alone(database, PURGE, Retention::purge);
    }

    private static void alone(OwnerDatabase database, long key, OwnerDatabase.Work<?> work) throws SQLException {
        Optional<LockedSession> session = LockedSession.open(database, key);
        if (session.isPresent()) {
            try (LockedSession held = session.get()) {
                work.on(held.connection());
            }
        }
    }

    /** From the finalization on, which makes the function. A realm that can't be emptied is in nobody's way. @return how many rows */
    private static long purge(Connection connection) throws SQLException {
        List<UUID> stuck = new ArrayList<>();
        long rows = 0;
        Instant end = Instant.now().plus(LONGEST);
        while (Instant.now().isBefore(end)
                && Sql.is(connection, "to_regprocedure('realms.purge_realm(int, uuid[])') IS NOT NULL")) {
            Optional<Purged> portion = Sql.first(
                    connection,
                    row -> new Purged(
                            row.getObject("realm", UUID.class), row.getInt("removed"), row.getString("fault")),
                    "SELECT realm, removed, fault FROM realms.purge_realm(?, ?)",
                    PORTION,
                    stuck.toArray(UUID[]::new));
            if (portion.isEmpty()) {
                break;
            } else if (portion.get().fault() != null) {
                stuck.add(portion.get().realm());
                LOG.log(
                        Level.WARNING,
                        "The realm {0}, whose time is over, could not be emptied, and is tried again in an hour: {1}",
                        new Object[] {portion.get().realm(), portion.get().fault()});
            } else {
                rows += portion.get().removed();
            }
        }
        if (rows > 0) {
            LOG.log(Level.INFO, "Removed {0} rows of realms that were deleted with what they held", rows);
        }
        return rows;
    }
}
