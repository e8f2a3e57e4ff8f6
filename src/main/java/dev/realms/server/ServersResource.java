package dev.realms.server;

import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.Idempotent;
import dev.realms.web.ListParameters;
import dev.realms.web.ResponseSchema;
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

/** {@code /api/realms/{realmId}/servers}: the realm's servers. */
@Path("/realms/{realmId}/servers")
@ApplicationScoped
@Resilient
@Produces(MediaType.APPLICATION_JSON)
@ResponseSchema(ServerView.class)
public class ServersResource {

    @EJB
    private ServerService servers;

    @Inject
    private RealmContext realm;

    @Inject
    private RecordBinder binder;

    /** Lists the servers of a realm, newest first. */
    @GET
    public Response list(@BeanParam ListParameters list) {
        return list.answer(servers.list(list.page("servers-" + realm.realmId())));
    }

    /** Makes a server. */
    @POST
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(CreateServer input, @Context UriInfo uri) {
        ServerView created = servers.create(input);
        return TaggedResponse.created(uri, created.id(), created);
    }

    /** Reads a server. */
    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id, @Context Request request) {
        return TaggedResponse.ok(request, servers.get(id));
    }

    /** Replaces what can be set of a server. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response update(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, UpdateServer input) {
        return TaggedResponse.ok(servers.update(id, ResourceUpdate.to(input), ifMatch));
    }

    /** Changes some of what can be set of a server. */
    @PATCH
    @Path("{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response patch(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, Patch input) {
        return TaggedResponse.ok(servers.update(id, ResourceUpdate.by(input, UpdateServer.class, binder), ifMatch));
    }

    /** Deletes a server. Its databases go with it. */
    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch) {
        servers.delete(id, ifMatch);
    }
}
