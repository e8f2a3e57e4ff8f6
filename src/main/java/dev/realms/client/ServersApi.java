package dev.realms.client;

import dev.realms.server.CreateServer;
import dev.realms.server.ServerView;
import dev.realms.server.UpdateServer;
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
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** The servers of a realm. */
@Path("/api/realms/{realmId}/servers")
@Produces(MediaType.APPLICATION_JSON)
public interface ServersApi {

    /** Lists the servers of a realm, newest first. */
    @GET
    Page<ServerView> list(@PathParam("realmId") UUID realmId, @BeanParam ListQuery query);

    /** Makes a server. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Tagged<ServerView> create(
            @PathParam("realmId") UUID realmId,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            CreateServer input);

    /** Reads a server. */
    @GET
    @Path("{id}")
    Tagged<ServerView> get(@PathParam("realmId") UUID realmId, @PathParam("id") String id);

    /** Replaces what can be set of a server. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    Tagged<ServerView> update(
            @PathParam("realmId") UUID realmId,
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            UpdateServer input);

    /** Changes some of what can be set of a server. */
    @PATCH
    @Path("{id}")
    @Consumes("application/merge-patch+json")
    Tagged<ServerView> patch(
            @PathParam("realmId") UUID realmId,
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            JsonObject patch);

    /** Deletes a server. */
    @DELETE
    @Path("{id}")
    void delete(
            @PathParam("realmId") UUID realmId, @PathParam("id") String id, @HeaderParam("If-Match") String ifMatch);
}
