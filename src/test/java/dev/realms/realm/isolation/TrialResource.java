package dev.realms.realm.isolation;

import dev.realms.testing.InServer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.UUID;

/** Beside the real resources, for the test of the pool alone; at a path that authorisation knows. */
@InServer
@Path("/realms/{realmId}/jobs/trial")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class TrialResource {

    @Inject
    private TrialService service;

    @Inject
    private TrialOutside outside;

    @Inject
    private Caller caller;

    @GET
    public String look() throws SQLException {
        return service.look();
    }

    @POST
    public String write(@QueryParam("end") TrialService.End end) throws Exception {
        return service.write(end);
    }

    @GET
    @Path("sleep")
    public String sleep(@QueryParam("millis") int millis) throws SQLException {
        return service.sleep(millis);
    }

    @POST
    @Path("outlive")
    public String outlive(@PathParam("realmId") UUID realmId) throws Exception {
        return outside.outliveTransaction(realmId, caller.userId());
    }
}
