package dev.realms.user;

import dev.realms.realm.RealmView;
import dev.realms.realm.isolation.Caller;
import dev.realms.web.Idempotent;
import dev.realms.web.ResponseSchema;
import dev.realms.web.TaggedResponse;
import dev.realms.web.admission.Resilient;
import dev.realms.web.problem.ProblemType;
import dev.realms.web.problem.Refuses;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /api/realms/switch}: makes another realm the current one. */
@Path("/realms/switch")
@ApplicationScoped
@Resilient
@Produces(MediaType.APPLICATION_JSON)
public class SwitchRealmResource {

    @EJB
    private UserSettingsService settings;

    @Inject
    private Caller caller;

    /** Makes another realm the current one. */
    @POST
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseSchema(value = RealmView.class, status = 200)
    @Refuses(ProblemType.REALM_NOT_FOUND)
    public Response switchRealm(SwitchRealm input) {
        return TaggedResponse.ok(settings.switchTo(caller.userId(), input.realmId()));
    }
}
