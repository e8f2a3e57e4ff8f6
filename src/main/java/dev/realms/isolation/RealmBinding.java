package dev.realms.isolation;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionEvent;
import org.eclipse.persistence.sessions.SessionEventAdapter;

/**
 * Gives each persistence session the request's realm as its tenant, or takes away what an earlier one left: WildFly keeps the
 * property of one transaction for the next. With no realm EclipseLink refuses every statement on owned entities.
 */
public class RealmBinding extends SessionEventAdapter {

    /** Stands for the realm of whichever request asks: a client proxy. */
    private volatile RealmContext realm;

    @Override
    public void postAcquireClientSession(SessionEvent event) {
        bind(event.getSession());
    }

    @Override
    public void postAcquireUnitOfWork(SessionEvent event) {
        bind(event.getSession());
    }

    private void bind(Session session) {
        Optional<UUID> open = current();
        if (open.isPresent()) {
            session.setProperty(RealmScoped.TENANT_PROPERTY, open.get());
        } else {
            session.removeProperty(RealmScoped.TENANT_PROPERTY);
        }
    }

    private Optional<UUID> current() {
        try {
            return realm().find();
        } catch (ContextNotActiveException e) {
            return Optional.empty();
        }
    }

    /** Asked for once: looking a bean up takes longer than a query. */
    private RealmContext realm() {
        if (realm == null) {
            realm = CDI.current().select(RealmContext.class).get();
        }
        return realm;
    }
}
