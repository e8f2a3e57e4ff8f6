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

    @Override
    public void postAcquireClientSession(SessionEvent event) {
        bind(event.getSession());
    }

    @Override
    public void postAcquireUnitOfWork(SessionEvent event) {
        bind(event.getSession());
    }

    private static void bind(Session session) {
        Optional<UUID> realm = current();
        if (realm.isPresent()) {
            session.setProperty(RealmScoped.TENANT_PROPERTY, realm.get());
        } else {
            session.removeProperty(RealmScoped.TENANT_PROPERTY);
        }
    }

    private static Optional<UUID> current() {
        try {
            return CDI.current().select(RealmContext.class).get().find();
        } catch (ContextNotActiveException e) {
            return Optional.empty();
        }
    }
}
