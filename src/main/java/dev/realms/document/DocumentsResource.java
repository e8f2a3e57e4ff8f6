package dev.realms.document;

import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.DescribedAs;
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

/** {@code /api/realms/{realmId}/documents}: the realm's documents. */
@Path("/realms/{realmId}/documents")
@ApplicationScoped
@Resilient
@Produces(MediaType.APPLICATION_JSON)
@ResponseSchema(DocumentView.class)
public class DocumentsResource {

    @EJB
    private DocumentService documents;

    @Inject
    private RealmContext realm;

    @Inject
    private RecordBinder binder;

    /** Lists the documents of a realm, newest first. */
    @GET
    public Response list(
            @BeanParam ListParameters list,
            @QueryParam("databaseId") String databaseId,
            @QueryParam("state") @DescribedAs(DocumentState.class) String state,
            @QueryParam("type") String type) {
        PageRequest page = list.page("documents-" + realm.realmId());
        return list.answer(documents.list(
                page,
                QueryValue.id("databaseId", databaseId),
                QueryValue.of("state", state, DocumentState.class),
                QueryValue.of("type", type, String.class)));
    }

    /** Makes a document. */
    @POST
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(CreateDocument input, @Context UriInfo uri) {
        DocumentView created = documents.create(input);
        return TaggedResponse.created(uri, created.id(), created);
    }

    /** Reads a document. */
    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id, @Context Request request) {
        return TaggedResponse.ok(request, documents.get(id));
    }

    /** Replaces what can be set of a document. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Refuses(ProblemType.WRONG_STATE)
    public Response update(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, UpdateDocument input) {
        return TaggedResponse.ok(documents.update(id, ResourceUpdate.to(input), ifMatch));
    }

    /** Changes some of what can be set of a document. */
    @PATCH
    @Path("{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Refuses(ProblemType.WRONG_STATE)
    public Response patch(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, Patch input) {
        return TaggedResponse.ok(documents.update(id, ResourceUpdate.by(input, UpdateDocument.class, binder), ifMatch));
    }

    /** Deletes a document. Its jobs go with it. */
    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch) {
        documents.delete(id, ifMatch);
    }
}
