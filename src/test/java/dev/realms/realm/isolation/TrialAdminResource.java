package dev.realms.realm.isolation;

import dev.realms.testing.InServer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;

/** Outside of every realm, for the test of the pool alone. */
@InServer
@Path("/admin/trial")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class TrialAdminResource {

    @Inject
    private TrialOutside outside;

    @GET
    @Path("left-over")
    public String leftOver() throws Exception {
        return "[" + outside.leftOver() + "]";
    }

    @POST
    @Path("hold")
    public String hold(@QueryParam("connections") int connections) throws SQLException {
        return Integer.toString(outside.hold(connections));
    }

    @POST
    @Path("release")
    public void release() throws SQLException {
        outside.release();
    }
}
