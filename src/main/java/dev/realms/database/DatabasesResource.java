package dev.realms.database;

import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.Idempotent;
import dev.realms.web.ListParameters;
import dev.realms.web.PageRequest;
import dev.realms.web.QueryValue;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code /api/realms/{realmId}/databases}: the realm's databases. */
@Path("/realms/{realmId}/databases")
@ApplicationScoped
@Resilient
@Produces(MediaType.APPLICATION_JSON)
@ResponseSchema(DatabaseView.class)
public class DatabasesResource {

    @EJB
    private DatabaseService databases;

    @Inject
    private RealmContext realm;

    @Inject
    private RecordBinder binder;

    /** Lists the databases of a realm, newest first. */
    @GET
    public Response list(@BeanParam ListParameters list, @QueryParam("serverId") String serverId) {
        PageRequest page = list.page("databases-" + realm.realmId());
        return list.answer(databases.list(page, QueryValue.id("serverId", serverId)));
    }

    /** Makes a database. */
    @POST
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @Refuses(ProblemType.NAME_TAKEN)
    public Response create(CreateDatabase input, @Context UriInfo uri) {
        DatabaseView created = databases.create(input);
        return TaggedResponse.created(uri, created.id(), created);
    }

    /** Reads a database. */
    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id, @Context Request request) {
        return TaggedResponse.ok(request, databases.get(id));
    }

    /** Replaces what can be set of a database. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Refuses(ProblemType.NAME_TAKEN)
    public Response update(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, UpdateDatabase input) {
        return TaggedResponse.ok(databases.update(id, ResourceUpdate.to(input), ifMatch));
    }

    /** Changes some of what can be set of a database. */
    @PATCH
    @Path("{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Refuses(ProblemType.NAME_TAKEN)
    public Response patch(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, Patch input) {
        return TaggedResponse.ok(databases.update(id, ResourceUpdate.by(input, UpdateDatabase.class, binder), ifMatch));
    }

    /** Deletes a database. Its documents stay, without a database. */
    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch) {
        databases.delete(id, ifMatch);
    }
}
