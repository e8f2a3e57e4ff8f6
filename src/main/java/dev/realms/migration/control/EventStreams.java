package dev.realms.migration.control;

import dev.realms.migration.state.MigrationEvents;
import dev.realms.migration.state.MigrationEvents.MigrationEvent;
import dev.realms.ops.DatabaseFault;
import dev.realms.ops.OwnerDatabase;
import dev.realms.web.json.RecordJson;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells everybody who listens what becomes of the migration. One look at the database a second serves all of a node's streams,
 * whichever node runs the migration; with nobody listening there is none.
 */
@ApplicationScoped
class EventStreams {

    private static final Logger LOG = Logger.getLogger(EventStreams.class.getName());

    /** Each may keep a thread of the server busy for as long as its client does not read. */
    private static final int MOST = 50;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private OwnerDatabase database;

    @Inject
    private MigrationControl control;

    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private ScheduledFuture<?> looking;

    /**
     * @param last what the client heard last; empty: the acts from now on
     * @throws DomainException {@code unavailable} when as many listen as may
     */
    void open(SseEventSink sink, Sse sse, OptionalLong last) {
        if (streams.size() >= MOST) {
            throw new DomainException(ProblemType.UNAVAILABLE, "Too many listen to the events at the moment.");
        }
        long heard = last.orElseGet(() -> database.ask(MigrationEvents::last));
        streams.add(new EventStream(sink, sse, heard));
        lookOnTime();
    }

    @PreDestroy
    synchronized void end() {
        streams.forEach(EventStream::close);
        streams.clear();
        rest();
    }

    private synchronized void lookOnTime() {
        if (looking == null) {
            looking = executor.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
        }
    }

    private synchronized void rest() {
        if (streams.isEmpty() && looking != null) {
            looking.cancel(false);
            looking = null;
        }
    }

    private void look() {
        streams.removeIf(EventStream::isOver);
        rest();
        if (streams.isEmpty()) {
            return;
        }
        try {
            String state = RecordJson.text(control.view());
            database.ask(connection -> tellAll(connection, state));
        } catch (RuntimeException fault) {
            // An exception would end the looking; whoever listens hears nothing meanwhile, and that says it.
            LOG.log(Level.FINE, "The events could not be read: {0}", DatabaseFault.sentence(fault));
        }
    }

    private Void tellAll(Connection connection, String state) throws SQLException {
        Map<Long, List<MigrationEvent>> news = new HashMap<>();
        for (EventStream stream : streams) {
            long heard = stream.heard();
            if (!news.containsKey(heard)) {
                news.put(heard, MigrationEvents.after(connection, heard));
            }
            stream.tell(executor, state, news.get(heard));
        }
        return null;
    }
}
