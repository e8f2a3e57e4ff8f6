package dev.realms.realm;

import dev.realms.realm.isolation.Caller;
import dev.realms.web.DescribedAs;
import dev.realms.web.Idempotent;
import dev.realms.web.ListParameters;
import dev.realms.web.PageRequest;
import dev.realms.web.QueryFlag;
import dev.realms.web.ResponseSchema;
import dev.realms.web.TaggedResponse;
import dev.realms.web.admission.Resilient;
import dev.realms.web.json.Patch;
import dev.realms.web.json.RecordBinder;
import dev.realms.web.json.ResourceUpdate;
import dev.realms.web.problem.DomainException;
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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** {@code /api/realms}: the caller's own realms. */
@Path("/realms")
@ApplicationScoped
@Resilient
@Produces(MediaType.APPLICATION_JSON)
@ResponseSchema(RealmView.class)
public class RealmsResource {

    /** The header that says which realm is meant, where more than the realm is deleted. */
    static final String NAME = "Realms-Name";

    @EJB
    private RealmService realms;

    @EJB
    private RealmStatsService stats;

    @Inject
    private Caller caller;

    @Inject
    private RecordBinder binder;

    /** Lists the realms of the caller: the default one first, then by age. */
    @GET
    public Response list(
            @BeanParam ListParameters list,
            @QueryParam("includeInactive") @DescribedAs(Boolean.class) String includeInactive) {
        PageRequest page = list.page("realms-" + caller.userId());
        return list.answer(realms.list(caller.userId(), QueryFlag.of("includeInactive", includeInactive), page));
    }

    /** Makes a realm. */
    @POST
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @Refuses(ProblemType.REALM_NAME_TAKEN)
    public Response create(CreateRealm input, @Context UriInfo uri) {
        RealmView realm = realms.create(caller.userId(), input);
        return TaggedResponse.created(uri, realm.id().toString(), realm);
    }

    /** Reads a realm. */
    @GET
    @Path("{realmId}")
    public Response get(@PathParam("realmId") UUID realmId, @Context Request request) {
        return TaggedResponse.ok(request, realms.get(caller.userId(), realmId));
    }

    /** Replaces what can be set of a realm. */
    @PUT
    @Path("{realmId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Refuses({
        ProblemType.REALM_NAME_TAKEN,
        ProblemType.DEFAULT_REALM,
        ProblemType.REALM_NOT_EMPTY,
        ProblemType.WRONG_STATE
    })
    public Response update(
            @PathParam("realmId") UUID realmId, @HeaderParam("If-Match") String ifMatch, UpdateRealm input) {
        return TaggedResponse.ok(realms.update(caller.userId(), realmId, ResourceUpdate.to(input), ifMatch));
    }

    /** Changes some of what can be set of a realm. */
    @PATCH
    @Path("{realmId}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Refuses({
        ProblemType.REALM_NAME_TAKEN,
        ProblemType.DEFAULT_REALM,
        ProblemType.REALM_NOT_EMPTY,
        ProblemType.WRONG_STATE
    })
    public Response patch(@PathParam("realmId") UUID realmId, @HeaderParam("If-Match") String ifMatch, Patch input) {
        return TaggedResponse.ok(
                realms.update(caller.userId(), realmId, ResourceUpdate.by(input, UpdateRealm.class, binder), ifMatch));
    }

    /**
     * Deletes a realm that holds nothing. It stays as an inactive one, and can be restored. With {@code content} also what it holds is deleted: the
     * header {@code Realms-Name} then says the realm's name, percent-encoded, and it can be restored until {@code contentKeptUntil} at least.
     */
    @DELETE
    @Path("{realmId}")
    @Refuses({ProblemType.DEFAULT_REALM, ProblemType.REALM_NOT_EMPTY})
    public void delete(
            @PathParam("realmId") UUID realmId,
            @QueryParam("content") @DescribedAs(Boolean.class) String content,
            @HeaderParam(NAME) String name,
            @HeaderParam("If-Match") String ifMatch) {
        if (QueryFlag.of("content", content)) {
            realms.deleteWithContent(caller.userId(), realmId, decoded(name), ifMatch);
        } else {
            realms.delete(caller.userId(), realmId, ifMatch);
        }
    }

    private static String decoded(String name) {
        try {
            // A plus sign is one: this is no form.
            return name == null ? "" : URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw DomainException.invalid(NAME, "must be percent-encoded");
        }
    }

    /** Makes a deleted realm active again. */
    @POST
    @Idempotent
    @Path("{realmId}/restore")
    @ResponseSchema(value = RealmView.class, status = 200)
    @Refuses({ProblemType.REALM_NAME_TAKEN, ProblemType.WRONG_STATE})
    public Response restore(@PathParam("realmId") UUID realmId, @HeaderParam("If-Match") String ifMatch) {
        return TaggedResponse.ok(realms.restore(caller.userId(), realmId, ifMatch));
    }

    /** Hands the default over to a realm. */
    @PUT
    @Path("{realmId}/default")
    public Response makeDefault(@PathParam("realmId") UUID realmId, @HeaderParam("If-Match") String ifMatch) {
        return TaggedResponse.ok(realms.makeDefault(caller.userId(), realmId, ifMatch));
    }

    /** Counts what a realm holds, in one snapshot. */
    @GET
    @Path("{realmId}/stats")
    public RealmStats getStats() {
        return stats.get();
    }
}
