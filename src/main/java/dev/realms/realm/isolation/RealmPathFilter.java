package dev.realms.realm.isolation;

import dev.realms.web.json.Ids;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.UUID;

/**
 * Whoever writes {@code /realms/{realmId}/…} means that realm: it becomes the request's. Whether the caller may open it is
 * asked of the database, in the transaction that uses it; only an API key is held to its own realm here already.
 */
@Provider
@ApplicationScoped
@Priority(Priorities.USER)
public class RealmPathFilter implements ContainerRequestFilter {

    @Inject
    private RealmContext realm;

    @Inject
    private Caller caller;

    @Override
    public void filter(ContainerRequestContext request) {
        String text = request.getUriInfo().getPathParameters().getFirst("realmId");
        if (text != null) {
            UUID realmId = Ids.find(text).orElseThrow(RealmGate::noSuchRealm);
            if (caller.isKeyElsewhere(realmId)) {
                throw RealmGate.noSuchRealm();
            }
            realm.enter(realmId, caller.userId());
        }
    }
}
