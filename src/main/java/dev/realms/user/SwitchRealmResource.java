package dev.realms.user;

import dev.realms.realm.isolation.Caller;
import dev.realms.web.Idempotent;
import dev.realms.web.TaggedResponse;
import dev.realms.web.admission.Resilient;
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

    @POST
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    public Response switchTo(SwitchRealm input) {
        return TaggedResponse.ok(settings.switchTo(caller.userId(), input.realmId()));
    }
}
