package dev.realms.client;

import dev.realms.database.CreateDatabase;
import dev.realms.database.DatabaseView;
import dev.realms.database.UpdateDatabase;
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

/** The databases of a realm. */
@Path("/api/realms/{realmId}/databases")
@Produces(MediaType.APPLICATION_JSON)
public interface DatabasesApi {

    /** Lists the databases of a realm, newest first. */
    @GET
    Page<DatabaseView> list(
            @PathParam("realmId") UUID realmId, @QueryParam("serverId") String serverId, @BeanParam ListQuery query);

    /** Makes a database. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Tagged<DatabaseView> create(
            @PathParam("realmId") UUID realmId,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            CreateDatabase input);

    /** Reads a database. */
    @GET
    @Path("{id}")
    Tagged<DatabaseView> get(@PathParam("realmId") UUID realmId, @PathParam("id") String id);

    /** Replaces what can be set of a database. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    Tagged<DatabaseView> update(
            @PathParam("realmId") UUID realmId,
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            UpdateDatabase input);

    /** Changes some of what can be set of a database. */
    @PATCH
    @Path("{id}")
    @Consumes("application/merge-patch+json")
    Tagged<DatabaseView> patch(
            @PathParam("realmId") UUID realmId,
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            JsonObject patch);

    /** Deletes a database. */
    @DELETE
    @Path("{id}")
    void delete(
            @PathParam("realmId") UUID realmId, @PathParam("id") String id, @HeaderParam("If-Match") String ifMatch);
}
