package dev.realms.migration.pressure;

import dev.realms.realm.isolation.Caller;
import dev.realms.web.DescribedAs;
import dev.realms.web.ResponseSchema;
import dev.realms.web.TaggedResponse;
import dev.realms.web.json.Patch;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** {@code /api/admin/migration/limits}: how fast the migration may go. What is set is obeyed within a second, by whichever node. */
@Path("/admin/migration/limits")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@ResponseSchema(Limits.class)
public class LimitsResource {

    @Inject
    private LimitsService limits;

    @Inject
    private Caller caller;

    /** Shows how fast the migration may go. */
    @GET
    public Response get(@Context Request request) {
        return TaggedResponse.ok(request, limits.get());
    }

    /** Changes how fast the migration may go, also while it runs. */
    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response patch(@HeaderParam("If-Match") String ifMatch, @DescribedAs(Limits.class) Patch input) {
        return TaggedResponse.ok(limits.patch(caller.userId(), input, ifMatch));
    }
}
