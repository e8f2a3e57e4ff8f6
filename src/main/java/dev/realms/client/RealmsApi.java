package dev.realms.client;

import dev.realms.realm.CreateRealm;
import dev.realms.realm.MoveRows;
import dev.realms.realm.RealmMove;
import dev.realms.realm.RealmStats;
import dev.realms.realm.RealmView;
import dev.realms.realm.UpdateRealm;
import dev.realms.realm.event.RealmEventView;
import dev.realms.realm.transfer.RealmImport;
import dev.realms.user.SwitchRealm;
import dev.realms.web.Page;
import jakarta.json.JsonObject;
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
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.UUID;

/** The caller's own realms. */
@Path("/api/realms")
@Produces(MediaType.APPLICATION_JSON)
public interface RealmsApi {

    /** Lists the realms of the caller: the default one first, then by age. */
    @GET
    Page<RealmView> list(@QueryParam("includeInactive") Boolean includeInactive, @BeanParam ListQuery query);

    /** Makes a realm. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Tagged<RealmView> create(@HeaderParam("Idempotency-Key") String idempotencyKey, CreateRealm input);

    /** Reads the realm the caller is in: the one last switched to, else the default one. */
    @GET
    @Path("current")
    Tagged<RealmView> getCurrent();

    /** Makes another realm the current one. */
    @POST
    @Path("switch")
    @Consumes(MediaType.APPLICATION_JSON)
    Tagged<RealmView> switchTo(@HeaderParam("Idempotency-Key") String idempotencyKey, SwitchRealm input);

    /** Reads a realm. */
    @GET
    @Path("{realmId}")
    Tagged<RealmView> get(@PathParam("realmId") UUID realmId);

    /** Replaces what can be set of a realm. */
    @PUT
    @Path("{realmId}")
    @Consumes(MediaType.APPLICATION_JSON)
    Tagged<RealmView> update(
            @PathParam("realmId") UUID realmId, @HeaderParam("If-Match") String ifMatch, UpdateRealm input);

    /** Changes some of what can be set of a realm. */
    @PATCH
    @Path("{realmId}")
    @Consumes("application/merge-patch+json")
    Tagged<RealmView> patch(
            @PathParam("realmId") UUID realmId, @HeaderParam("If-Match") String ifMatch, JsonObject patch);

    /**
     * Deletes a realm.
     *
     * @param content whether with what it holds; null or false: only one that holds nothing is deleted
     * @param name of the realm, percent-encoded, where its content is deleted with it; else null
     */
    @DELETE
    @Path("{realmId}")
    void delete(
            @PathParam("realmId") UUID realmId,
            @QueryParam("content") Boolean content,
            @HeaderParam("Realms-Name") String name,
            @HeaderParam("If-Match") String ifMatch);

    /** Hands the default over to a realm. */
    @PUT
    @Path("{realmId}/default")
    Tagged<RealmView> makeDefault(@PathParam("realmId") UUID realmId, @HeaderParam("If-Match") String ifMatch);

    /** Moves rows to another realm, or tells what would move and what gets in the way. */
    @POST
    @Path("{realmId}/move")
    @Consumes(MediaType.APPLICATION_JSON)
    RealmMove move(
            @PathParam("realmId") UUID realmId, @HeaderParam("Idempotency-Key") String idempotencyKey, MoveRows input);

    /**
     * Writes a realm as JSON Lines.
     *
     * @param passphrase that seals the credentials of servers; null leaves them out
     * @return the lines as they come; to be closed. Where the last is not of the kind {@code end}, the export was cut off
     */
    @GET
    @Path("{realmId}/export")
    @Produces("application/jsonl")
    InputStream exportRealm(@PathParam("realmId") UUID realmId, @HeaderParam("Realms-Passphrase") String passphrase);

    /**
     * Makes a new realm of the lines of an export, all of it or nothing.
     *
     * @param dryRun whether to make nothing, and tell what would be made
     * @param name for the new realm; null for the one that it had
     */
    @POST
    @Path("import")
    @Consumes("application/jsonl")
    RealmImport importRealm(
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            @HeaderParam("Realms-Passphrase") String passphrase,
            @QueryParam("dryRun") Boolean dryRun,
            @QueryParam("name") String name,
            InputStream lines);

    /** Makes a deleted realm active again. */
    @POST
    @Path("{realmId}/restore")
    Tagged<RealmView> restore(
            @PathParam("realmId") UUID realmId,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("Idempotency-Key") String idempotencyKey);

    /** Counts what a realm holds, in one snapshot. */
    @GET
    @Path("{realmId}/stats")
    RealmStats getStats(@PathParam("realmId") UUID realmId);

    /**
     * Lists what happened in a realm and to it, newest first.
     *
     * @param since an instant; a text, for Jersey on the server looks at this interface, too, and can make no instant of a parameter
     * @param kind such as {@code rows-moved-in}
     */
    @GET
    @Path("{realmId}/events")
    Page<RealmEventView> listEvents(
            @PathParam("realmId") UUID realmId,
            @QueryParam("since") String since,
            @QueryParam("kind") String kind,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor);
}
