package dev.realms.client;

import dev.realms.job.CreateJob;
import dev.realms.job.JobStatus;
import dev.realms.job.JobView;
import dev.realms.job.UpdateJob;
import dev.realms.web.Page;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** The jobs of a realm. */
@Path("/api/realms/{realmId}/jobs")
@Produces(MediaType.APPLICATION_JSON)
public interface JobsApi {

    /** Lists the jobs of a realm, newest first. */
    @GET
    Page<JobView> list(
            @PathParam("realmId") UUID realmId,
            @QueryParam("documentId") String documentId,
            @QueryParam("status") JobStatus status,
            @BeanParam ListQuery query);

    /** Makes a job. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Tagged<JobView> create(
            @PathParam("realmId") UUID realmId, @HeaderParam("Idempotency-Key") String idempotencyKey, CreateJob input);

    /** Reads a job. */
    @GET
    @Path("{id}")
    Tagged<JobView> get(@PathParam("realmId") UUID realmId, @PathParam("id") String id);

    /** Replaces what can be set of a job. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    Tagged<JobView> update(
            @PathParam("realmId") UUID realmId,
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            UpdateJob input);

    /** Changes some of what can be set of a job. */
    @PATCH
    @Path("{id}")
    @Consumes("application/merge-patch+json")
    Tagged<JobView> patch(
            @PathParam("realmId") UUID realmId,
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            JsonObject patch);

    /** Deletes a job. */
    @DELETE
    @Path("{id}")
    void delete(
            @PathParam("realmId") UUID realmId, @PathParam("id") String id, @HeaderParam("If-Match") String ifMatch);
}
