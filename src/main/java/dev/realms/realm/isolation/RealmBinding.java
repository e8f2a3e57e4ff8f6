package dev.realms.realm.isolation;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.spi.CDI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.queries.DatabaseQuery;
import org.eclipse.persistence.queries.SQLCall;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionEvent;
import org.eclipse.persistence.sessions.SessionEventAdapter;

/**
 * Binds persistence to the request's realm, twice. Each persistence session has the realm as its tenant, without which EclipseLink
 * refuses every statement on owned entities; what an earlier one left is taken away, because WildFly keeps the property of one
 * transaction for the next. And the first statement on owned rows in a transaction, or each one outside of any, is preceded by the one
 * that opens the realm in the database, so that nobody can forget it.
 */
public class RealmBinding extends SessionEventAdapter {

    private static final String IS_OPEN = "realms.is-open";

    /** Client proxies, which stand for those of whichever request asks. */
    record Request(RealmContext realm, Caller caller) {}

    private volatile Request request;

    @Override
    public void postAcquireClientSession(SessionEvent event) {
        bind(event.getSession());
    }

    @Override
    public void postAcquireUnitOfWork(SessionEvent event) {
        bind(event.getSession());
    }

    @Override
    public void postBeginTransaction(SessionEvent event) {
        event.getSession().removeProperty(IS_OPEN);
    }

    @Override
    public void preExecuteCall(SessionEvent event) {
        AbstractSession session = (AbstractSession) event.getSession();
        if (event.getCall() instanceof SQLCall call && readsRealm(call.getQuery()) && !isOpen(session)) {
            // With no realm to open the database refuses.
            realm().ifPresent(id -> {
                openBefore(call, id, session);
                if (session.isClientSession()) {
                    session.setProperty(IS_OPEN, true);
                }
            });
        }
    }

    private static boolean readsRealm(DatabaseQuery query) {
        Class<?> entity = query.getReferenceClass();
        return entity != null && RealmScoped.class.isAssignableFrom(entity);
    }

    private static boolean isOpen(AbstractSession session) {
        return session.isClientSession() && session.getProperty(IS_OPEN) != null;
    }

    private void bind(Session session) {
        Optional<UUID> open = realm();
        if (open.isPresent()) {
            session.setProperty(RealmScoped.TENANT_PROPERTY, open.get());
        } else {
            session.removeProperty(RealmScoped.TENANT_PROPERTY);
        }
    }

    private Optional<UUID> realm() {
        try {
            return request().realm().find();
        } catch (ContextNotActiveException e) {
            return Optional.empty();
        }
    }

    /**
     * Puts the statement that opens the realm, or fails, before one of the ORM, in the same round trip: what follows it never runs in a
     * realm that did not open. {@link RealmPlatform} passes its result over. It looks up the API key that is used: from the moment it is
     * revoked nobody gets into its realm with it, whatever is remembered of it.
     */
    private void openBefore(SQLCall call, UUID realmId, AbstractSession session) {
        String ownerId = request().realm().ownerId();
        List<Object> parameters = new ArrayList<>(
                List.of(realmId, RealmPlatform.of(session).columns().id("users", "id", ownerId, session)));
        Optional<String> keyHash = request().caller().keyHash();
        keyHash.ifPresent(parameters::add);
        List<?> own = call.getParameters();
        parameters.addAll(own);
        call.setParameters(parameters);
        call.setSQLString("SELECT realms.enter_realm(?, ?, " + (keyHash.isPresent() ? "?" : "NULL") + "); "
                + call.getSQLString());
        // Both have the platform execute the call, as it does a procedure's.
        call.setReturnsResultSet(false);
        if (call.isNothingReturned()) {
            call.returnManyRows();
        }
    }

    /** Asked for once: looking a bean up takes longer than a query. */
    Request request() {
        if (request == null) {
            request = new Request(
                    CDI.current().select(RealmContext.class).get(),
                    CDI.current().select(Caller.class).get());
        }
        return request;
    }
}
