package dev.realms.apikey;

import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.Idempotent;
import dev.realms.web.ListParameters;
import dev.realms.web.TaggedResponse;
import dev.realms.web.admission.Resilient;
import dev.realms.web.json.Patch;
import dev.realms.web.json.RecordBinder;
import dev.realms.web.json.ResourceUpdate;
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
public class ApiKeysResource {

    @EJB
    private ApiKeyService keys;

    @Inject
    private RealmContext realm;

    @Inject
    private RecordBinder binder;

    @GET
    public Response list(@BeanParam ListParameters list) {
        return list.answer(keys.list(list.page("api-keys-" + realm.realmId())));
    }

    @POST
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(CreateApiKey input, @Context UriInfo uri) {
        NewApiKey created = keys.create(input);
        return Response.fromResponse(TaggedResponse.created(uri, created.id(), created.view()))
                .entity(created)
                .build();
    }

    @POST
    @Idempotent
    @Path("{id}/rotate")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response rotate(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, RotateApiKey input) {
        NewApiKey rotated = keys.rotate(id, input, ifMatch);
        return Response.fromResponse(TaggedResponse.ok(rotated.view()))
                .entity(rotated)
                .build();
    }

    @POST
    @Idempotent
    @Path("{id}/revoke")
    public Response revoke(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch) {
        return TaggedResponse.ok(keys.revoke(id, ifMatch));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id, @Context Request request) {
        return TaggedResponse.ok(request, keys.get(id));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response update(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, UpdateApiKey input) {
        return TaggedResponse.ok(keys.update(id, ResourceUpdate.to(input), ifMatch));
    }

    @PATCH
    @Path("{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response patch(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, Patch input) {
        return TaggedResponse.ok(keys.update(id, ResourceUpdate.by(input, UpdateApiKey.class, binder), ifMatch));
    }

    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch) {
        keys.delete(id, ifMatch);
    }
}
