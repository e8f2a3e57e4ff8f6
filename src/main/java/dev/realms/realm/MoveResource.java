package dev.realms.realm;

import dev.realms.web.Idempotent;
import dev.realms.web.TaggedResponse;
import dev.realms.web.admission.Resilient;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /api/realms/{realmId}/move}: to another realm of the caller. */
@Path("/realms/{realmId}/move")
@ApplicationScoped
@Resilient
@Produces(MediaType.APPLICATION_JSON)
public class MoveResource {

    @EJB
    private MoveService move;

    @POST
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    public Response move(MoveRows input) {
        return TaggedResponse.ok(move.move(input));
    }
}
