package dev.realms.user;

import dev.realms.realm.isolation.Caller;
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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** {@code /api/me}: the caller's own account and settings. */
@Path("/me")
@ApplicationScoped
@Resilient
@Produces(MediaType.APPLICATION_JSON)
@ResponseSchema(UserSettingsView.class)
public class MeResource {

    @EJB
    private UserService users;

    @EJB
    private UserSettingsService settings;

    @Inject
    private Caller caller;

    @Inject
    private RecordBinder binder;

    /** Reads the account of the caller. */
    @GET
    @ResponseSchema(UserView.class)
    public Response get(@Context Request request) {
        return TaggedResponse.ok(request, users.get(caller.userId()));
    }

    /** Reads the settings of the caller. */
    @GET
    @Path("settings")
    public Response getSettings(@Context Request request) {
        return TaggedResponse.ok(request, settings.get(caller.userId()));
    }

    /** Replaces the settings of the caller. */
    @PUT
    @Path("settings")
    @Consumes(MediaType.APPLICATION_JSON)
    @Refuses(ProblemType.REALM_NOT_FOUND)
    public Response updateSettings(@HeaderParam("If-Match") String ifMatch, UpdateUserSettings input) {
        return TaggedResponse.ok(settings.update(caller.userId(), ResourceUpdate.to(input), ifMatch));
    }

    /** Changes some settings of the caller. */
    @PATCH
    @Path("settings")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Refuses(ProblemType.REALM_NOT_FOUND)
    public Response patchSettings(@HeaderParam("If-Match") String ifMatch, Patch input) {
        return TaggedResponse.ok(
                settings.update(caller.userId(), ResourceUpdate.by(input, UpdateUserSettings.class, binder), ifMatch));
    }
}
