package dev.realms.realm.transfer;

import dev.realms.realm.isolation.Caller;
import dev.realms.web.DescribedAs;
import dev.realms.web.Idempotent;
import dev.realms.web.QueryFlag;
import dev.realms.web.QueryValue;
import dev.realms.web.ResponseSchema;
import dev.realms.web.admission.Resilient;
import dev.realms.web.json.JsonLines;
import dev.realms.web.problem.ProblemType;
import dev.realms.web.problem.Refuses;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code /api/realms/import}: a new realm of an exported one. */
@Path("/realms/import")
@ApplicationScoped
@Resilient
@Produces(MediaType.APPLICATION_JSON)
public class ImportResource {

    @EJB
    private ImportService imports;

    @Inject
    private Caller caller;

    /**
     * Makes a new realm of the lines of an export, all of it or nothing. Ids stay where they are free. A dry run makes nothing, and tells which
     * are not, and whether the name is taken. Lines may be called JSON, too.
     */
    @POST
    @Idempotent
    @Consumes({JsonLines.MEDIA_TYPE, JsonLines.NEWLINE_DELIMITED, MediaType.APPLICATION_JSON})
    @ResponseSchema(RealmImport.class)
    @Refuses(ProblemType.REALM_NAME_TAKEN)
    public Response importRealm(
            @QueryParam("dryRun") @DescribedAs(Boolean.class) String dryRun,
            @QueryParam("name") String name,
            @HeaderParam(ExportResource.PASSPHRASE) String passphrase,
            RealmFile file,
            @Context UriInfo uri) {
        boolean dry = QueryFlag.of("dryRun", dryRun);
        RealmImport result =
                imports.importRealm(caller.userId(), file, QueryValue.of("name", name, String.class), passphrase, dry);
        return dry
                ? Response.ok(result).build()
                : Response.status(Response.Status.CREATED)
                        .header(
                                HttpHeaders.LOCATION,
                                uri.getAbsolutePath().getRawPath().replaceFirst("import/?$", "") + result.realmId())
                        .entity(result)
                        .build();
    }
}
