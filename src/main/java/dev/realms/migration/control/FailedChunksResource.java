package dev.realms.migration.control;

import dev.realms.migration.move.ChunkMending;
import dev.realms.migration.move.FailedChunks.FailedChunk;
import dev.realms.realm.isolation.Caller;
import dev.realms.web.Idempotent;
import dev.realms.web.ResponseSchema;
import dev.realms.web.problem.ProblemType;
import dev.realms.web.problem.Refuses;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/** {@code /api/admin/migration/failed-chunks}: what could not be moved, and what operators do about it. */
@Path("/admin/migration/failed-chunks")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class FailedChunksResource {

    /** What could not be moved, and what could not be at first: those that are left before those that are done. */
    public record FailedChunksView(List<FailedChunk> items) {}

    /** Says that one knows what is asked for: the rows stay where they are, and {@code migrated} out of reach. */
    public record SkipChunk(
            @NotNull @Pattern(regexp = "skip", message = "must be skip")
            String confirm) {}

    @Inject
    private ChunkMending mending;

    @Inject
    private Caller caller;

    /** Lists the portions of rows that could not be moved: those that are left before those that are done. */
    @GET
    public FailedChunksView list() {
        return new FailedChunksView(mending.list());
    }

    /** Tries a failed portion again, and answers what came of it. */
    @POST
    @Idempotent(act = true)
    @Path("{id}/retry")
    @ResponseSchema(value = FailedChunk.class, status = 200)
    @Refuses(ProblemType.WRONG_STATE)
    public Response retry(@PathParam("id") UUID id) {
        return Response.ok(mending.retry(caller.userId(), id)).build();
    }

    /** Leaves a failed portion where it is. */
    @POST
    @Idempotent(act = true)
    @Path("{id}/skip")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseSchema(value = FailedChunk.class, status = 200)
    @Refuses(ProblemType.WRONG_STATE)
    public Response skip(@PathParam("id") UUID id, SkipChunk input) {
        return Response.ok(mending.skip(caller.userId(), id)).build();
    }
}
