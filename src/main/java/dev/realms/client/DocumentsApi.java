package dev.realms.client;

import dev.realms.document.CreateDocument;
import dev.realms.document.DocumentState;
import dev.realms.document.DocumentView;
import dev.realms.document.UpdateDocument;
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

/** The documents of a realm. */
@Path("/api/realms/{realmId}/documents")
@Produces(MediaType.APPLICATION_JSON)
public interface DocumentsApi {

    /** Lists the documents of a realm, newest first. */
    @GET
    Page<DocumentView> list(
            @PathParam("realmId") UUID realmId,
            @QueryParam("databaseId") String databaseId,
            @QueryParam("state") DocumentState state,
            @QueryParam("type") String type,
            @BeanParam ListQuery query);

    /** Makes a document. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Tagged<DocumentView> create(
            @PathParam("realmId") UUID realmId,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            CreateDocument input);

    /** Reads a document. */
    @GET
    @Path("{id}")
    Tagged<DocumentView> get(@PathParam("realmId") UUID realmId, @PathParam("id") String id);

    /** Replaces what can be set of a document. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    Tagged<DocumentView> update(
            @PathParam("realmId") UUID realmId,
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            UpdateDocument input);

    /** Changes some of what can be set of a document. */
    @PATCH
    @Path("{id}")
    @Consumes("application/merge-patch+json")
    Tagged<DocumentView> patch(
            @PathParam("realmId") UUID realmId,
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            JsonObject patch);

    /** Deletes a document. */
    @DELETE
    @Path("{id}")
    void delete(
            @PathParam("realmId") UUID realmId, @PathParam("id") String id, @HeaderParam("If-Match") String ifMatch);
}
