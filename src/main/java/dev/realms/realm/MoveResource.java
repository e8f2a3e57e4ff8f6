package dev.realms.realm;

import dev.realms.web.Idempotent;
import dev.realms.web.ResponseSchema;
import dev.realms.web.admission.Resilient;
import dev.realms.web.problem.ProblemType;
import dev.realms.web.problem.Refuses;
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

    /** Moves rows to another realm, or tells what would move and what gets in the way. */
    @POST
    @Idempotent
    @ResponseSchema(value = RealmMove.class, status = 200)
    @Refuses({ProblemType.TORN_REFERENCE, ProblemType.NAME_TAKEN})
    @Consumes(MediaType.APPLICATION_JSON)
    public Response moveRows(MoveRows input) {
        return Response.ok(move.move(input)).build();
    }
}
