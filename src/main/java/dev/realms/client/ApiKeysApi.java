package dev.realms.client;

import dev.realms.apikey.ApiKeyView;
import dev.realms.apikey.CreateApiKey;
import dev.realms.apikey.NewApiKey;
import dev.realms.apikey.RotateApiKey;
import dev.realms.apikey.UpdateApiKey;
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

/** The API keys of a realm. */
@Path("/api/realms/{realmId}/api-keys")
@Produces(MediaType.APPLICATION_JSON)
public interface ApiKeysApi {

    /** Lists the API keys of a realm, newest first. */
    @GET
    Page<ApiKeyView> list(@PathParam("realmId") UUID realmId, @BeanParam ListQuery query);

    /** Makes an API key. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Tagged<NewApiKey> create(
            @PathParam("realmId") UUID realmId,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            CreateApiKey input);

    /** Reads an API key. */
    @GET
    @Path("{id}")
    Tagged<ApiKeyView> get(@PathParam("realmId") UUID realmId, @PathParam("id") String id);

    /** Replaces what can be set of an API key. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    Tagged<ApiKeyView> update(
            @PathParam("realmId") UUID realmId,
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            UpdateApiKey input);

    /** Changes some of what can be set of an API key. */
    @PATCH
    @Path("{id}")
    @Consumes("application/merge-patch+json")
    Tagged<ApiKeyView> patch(
            @PathParam("realmId") UUID realmId,
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            JsonObject patch);

    /** Deletes an API key. */
    @DELETE
    @Path("{id}")
    void delete(
            @PathParam("realmId") UUID realmId, @PathParam("id") String id, @HeaderParam("If-Match") String ifMatch);

    /** Ends an API key at once, and for ever. */
    @POST
    @Path("{id}/revoke")
    Tagged<ApiKeyView> revoke(
            @PathParam("realmId") UUID realmId,
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("Idempotency-Key") String idempotencyKey);

    /** Makes a new key in place of one, which goes on working for as long as was asked for. */
    @POST
    @Path("{id}/rotate")
    @Consumes(MediaType.APPLICATION_JSON)
    Tagged<NewApiKey> rotate(
            @PathParam("realmId") UUID realmId,
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            RotateApiKey input);
}
