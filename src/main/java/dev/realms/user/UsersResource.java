package dev.realms.user;

import dev.realms.realm.isolation.Caller;
import dev.realms.realm.isolation.Role;
import dev.realms.web.DescribedAs;
import dev.realms.web.Idempotent;
import dev.realms.web.PageRequest;
import dev.realms.web.Pages;
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
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code /api/admin/users}: everybody's accounts, for administrators. */
@Path("/admin/users")
@ApplicationScoped
@Resilient
@Produces(MediaType.APPLICATION_JSON)
@ResponseSchema(UserView.class)
public class UsersResource {

    @EJB
    private UserService users;

    @Inject
    private Caller caller;

    @Inject
    private RecordBinder binder;

    /** Lists the users, newest first. */
    @GET
    public Response list(
            @QueryParam("q") String part,
            @QueryParam("email") String email,
            @QueryParam("role") @DescribedAs(Role.class) String role,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor,
            @Context UriInfo uri) {
        return Pages.answer(
                users.list(
                        QueryValue.searched("q", part),
                        QueryValue.of("email", email, String.class),
                        QueryValue.of("role", role, Role.class),
                        PageRequest.of("users", limit, cursor)),
                uri);
    }

    /** Makes a user, with a default realm. */
    @POST
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @Refuses(ProblemType.EMAIL_TAKEN)
    public Response create(CreateUser input, @Context UriInfo uri) {
        UserView user = users.create(input);
        return TaggedResponse.created(uri, user.id(), user);
    }

    /** Reads a user. */
    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id, @Context Request request) {
        return TaggedResponse.ok(request, users.get(id));
    }

    /** Changes some of what can be set of a user. */
    @PATCH
    @Path("{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Refuses({ProblemType.EMAIL_TAKEN, ProblemType.OWN_ACCOUNT, ProblemType.LAST_ADMIN})
    public Response patch(
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            @DescribedAs(UpdateUser.class) Patch input) {
        return TaggedResponse.ok(
                users.update(caller.userId(), id, ResourceUpdate.by(input, UpdateUser.class, binder), ifMatch));
    }

    /** Deletes a user with all that is theirs. */
    @DELETE
    @Path("{id}")
    @Refuses({ProblemType.OWN_ACCOUNT, ProblemType.LAST_ADMIN})
    public void delete(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch) {
        users.delete(caller.userId(), id, ifMatch);
    }
}
