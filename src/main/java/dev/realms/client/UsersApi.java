package dev.realms.client;

import dev.realms.realm.isolation.Role;
import dev.realms.user.CreateUser;
import dev.realms.user.UserView;
import dev.realms.web.Page;
import jakarta.json.JsonObject;
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
import jakarta.ws.rs.core.MediaType;

/** The users of the installation. For administrators. */
@Path("/api/admin/users")
@Produces(MediaType.APPLICATION_JSON)
public interface UsersApi {

    /** Lists the users, newest first. */
    @GET
    Page<UserView> list(
            @QueryParam("q") String q,
            @QueryParam("email") String email,
            @QueryParam("role") Role role,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor);

    /** Makes a user, with a default realm. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Tagged<UserView> create(@HeaderParam("Idempotency-Key") String idempotencyKey, CreateUser input);

    /** Reads a user. */
    @GET
    @Path("{id}")
    Tagged<UserView> get(@PathParam("id") String id);

    /** Changes some of what can be set of a user. */
    @PATCH
    @Path("{id}")
    @Consumes("application/merge-patch+json")
    Tagged<UserView> patch(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, JsonObject patch);

    /** Deletes a user with all that is theirs. */
    @DELETE
    @Path("{id}")
    void delete(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch);
}
