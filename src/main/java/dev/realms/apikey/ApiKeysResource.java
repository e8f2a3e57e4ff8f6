package dev.realms.apikey;

import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.Idempotent;
import dev.realms.web.ListParameters;
import dev.realms.web.ResponseSchema;
import dev.realms.web.TaggedResponse;
import dev.realms.web.admission.Resilient;
import dev.realms.web.json.Patch;
import dev.realms.web.json.RecordBinder;
import dev.realms.web.json.ResourceUpdate;
import dev.realms.web.problem.ProblemType;
import dev.realms.web.problem.Refuses;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code /api/realms/{realmId}/api-keys}: the realm's API keys. */
@Path("/realms/{realmId}/api-keys")
@ApplicationScoped
@Resilient
@Produces(MediaType.APPLICATION_JSON)
@ResponseSchema(ApiKeyView.class)
public class ApiKeysResource {

    @EJB
    private ApiKeyService keys;

    @Inject
    private RealmContext realm;

    @Inject
    private RecordBinder binder;

    /** Lists the API keys of a realm, newest first. */
    @GET
    public Response list(@BeanParam ListParameters list) {
        return list.answer(keys.list(list.page("api-keys-" + realm.realmId())));
    }

    /** Makes an API key. The answer holds the key itself, this once. */
    @POST
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseSchema(NewApiKey.class)
    public Response create(CreateApiKey input, @Context UriInfo uri) {
        NewApiKey created = keys.create(input);
        return Response.fromResponse(TaggedResponse.created(uri, created.id(), created.view()))
                .entity(created)
                .build();
    }

    /** Makes a new key in place of one, which goes on working for as long as was asked for. The answer holds the new key itself, this once. */
    @POST
    @Idempotent
    @Path("{id}/rotate")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseSchema(value = NewApiKey.class, status = 200)
    @Refuses(ProblemType.WRONG_STATE)
    public Response rotate(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, RotateApiKey input) {
        NewApiKey rotated = keys.rotate(id, input, ifMatch);
        return Response.fromResponse(TaggedResponse.ok(rotated.view()))
                .entity(rotated)
                .build();
    }

    /** Ends an API key at once, and for ever. */
    @POST
    @Idempotent
    @Path("{id}/revoke")
    @ResponseSchema(value = ApiKeyView.class, status = 200)
    public Response revoke(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch) {
        return TaggedResponse.ok(keys.revoke(id, ifMatch));
    }

    /** Reads an API key. */
    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id, @Context Request request) {
        return TaggedResponse.ok(request, keys.get(id));
    }

    /** Replaces what can be set of an API key. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response update(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, UpdateApiKey input) {
        return TaggedResponse.ok(keys.update(id, ResourceUpdate.to(input), ifMatch));
    }

    /** Changes some of what can be set of an API key. */
    @PATCH
    @Path("{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response patch(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, Patch input) {
        return TaggedResponse.ok(keys.update(id, ResourceUpdate.by(input, UpdateApiKey.class, binder), ifMatch));
    }

    /** Deletes an API key. From then on nobody gets in with it. */
    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch) {
        keys.delete(id, ifMatch);
    }
}
