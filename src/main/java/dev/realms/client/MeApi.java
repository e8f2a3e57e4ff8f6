package dev.realms.client;

import dev.realms.user.UpdateUserSettings;
import dev.realms.user.UserSettingsView;
import dev.realms.user.UserView;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Who calls, and how they like it. */
@Path("/api/me")
@Produces(MediaType.APPLICATION_JSON)
public interface MeApi {

    /** Reads the account of the caller. */
    @GET
    Tagged<UserView> get();

    /** Reads the settings of the caller. */
    @GET
    @Path("settings")
    Tagged<UserSettingsView> getSettings();

    /** Replaces the settings of the caller. */
    @PUT
    @Path("settings")
    @Consumes(MediaType.APPLICATION_JSON)
    Tagged<UserSettingsView> updateSettings(@HeaderParam("If-Match") String ifMatch, UpdateUserSettings input);

    /** Changes some settings of the caller. */
    @PATCH
    @Path("settings")
    @Consumes("application/merge-patch+json")
    Tagged<UserSettingsView> patchSettings(@HeaderParam("If-Match") String ifMatch, JsonObject patch);
}
