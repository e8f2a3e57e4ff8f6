package dev.realms.migration;

import dev.realms.isolation.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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
    @Path("{id}/retry")
    public FailedChunk retry(@PathParam("id") UUID id) {
        return mending.retry(caller.userId().toString(), id);
    }

    @POST
    @Path("{id}/skip")
    @Consumes(MediaType.APPLICATION_JSON)
    public FailedChunk skip(@PathParam("id") UUID id, SkipChunk input) {
        return mending.skip(caller.userId().toString(), id);
    }
}
