package dev.realms.migration.control;

import dev.realms.migration.move.ChunkMending;
import dev.realms.migration.move.FailedChunksView;
import dev.realms.realm.isolation.Caller;
import dev.realms.web.Idempotent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** {@code /api/admin/migration/failed-chunks}: what could not be moved, and what operators do about it. */
@Path("/admin/migration/failed-chunks")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class FailedChunksResource {

    @Inject
    private ChunkMending mending;

    @Inject
    private Caller caller;

    @GET
    public FailedChunksView list() {
        return mending.list();
    }

    /** Tries it at once, and answers what came of it. */
    @POST
    @Idempotent(act = true)
    @Path("{id}/retry")
    public Response retry(@PathParam("id") UUID id) {
        return Response.ok(mending.retry(caller.userId().toString(), id)).build();
    }

    @POST
    @Idempotent(act = true)
    @Path("{id}/skip")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response skip(@PathParam("id") UUID id, SkipChunk input) {
        return Response.ok(mending.skip(caller.userId().toString(), id)).build();
    }
}
