package dev.realms.user;

import dev.realms.realm.RealmService;
import dev.realms.realm.RealmView;
import dev.realms.realm.isolation.Caller;
import dev.realms.web.ResponseSchema;
import dev.realms.web.TaggedResponse;
import dev.realms.web.admission.Resilient;
import dev.realms.web.problem.ProblemType;
import dev.realms.web.problem.Refuses;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** {@code /api/realms/current}: the realm the caller is in. An API key is in its own, wherever its owner is. */
@Path("/realms/current")
@ApplicationScoped
@Resilient
@Produces(MediaType.APPLICATION_JSON)
public class CurrentRealmResource {

    @EJB
    private UserSettingsService settings;

    @EJB
    private RealmService realms;

    @Inject
    private Caller caller;

    /** Reads the realm the caller is in: the one last switched to, else the default one. */
    @GET
    @ResponseSchema(RealmView.class)
    @Refuses(ProblemType.REALM_NOT_FOUND)
    public Response get(@Context Request request) {
        RealmView current = caller.keyRealmId()
                .map(only -> realms.get(caller.userId(), only))
                .orElseGet(() -> settings.currentRealm(caller.userId()));
        return TaggedResponse.ok(request, current);
    }
}
