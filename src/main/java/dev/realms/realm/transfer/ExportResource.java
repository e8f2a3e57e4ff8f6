package dev.realms.realm.transfer;

import dev.realms.realm.isolation.Caller;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.ResponseSchema;
import dev.realms.web.admission.Resilient;
import dev.realms.web.body.LongRequest;
import dev.realms.web.json.JsonLines;
import dev.realms.web.problem.ProblemType;
import dev.realms.web.problem.Refuses;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** {@code /api/realms/{realmId}/export}: the realm as a file. */
@Path("/realms/{realmId}/export")
@ApplicationScoped
@Resilient
public class ExportResource {

    static final String PASSPHRASE = "Realms-Passphrase";

    @EJB
    private ExportService exports;

    @Inject
    private RealmContext realm;

    @Inject
    private Caller caller;

    @Inject
    private LongRequest request;

    /**
     * Writes a realm as JSON Lines, in one snapshot: the realm, what it holds, and a line that says that this is the end. Whoever asks for
     * JSON gets lines of it, too. With a passphrase the credentials of servers are sealed with it; without, they are left out. Where the last line is missing, the
     * answer was cut off.
     */
    @GET
    @Produces({JsonLines.MEDIA_TYPE, JsonLines.NEWLINE_DELIMITED, MediaType.APPLICATION_JSON})
    @ResponseSchema(RealmLine.class)
    @Refuses(ProblemType.FORBIDDEN)
    public Response exportRealm(@HeaderParam(PASSPHRASE) String passphrase) {
        request.begin(caller.userId());
        RealmExport export = exports.begin(passphrase);
        StreamingOutput lines = out -> exports.write(export, out);
        return answer().entity(lines).build();
    }

    /** Tells how an export would be answered. Nothing is exported. */
    @HEAD
    public Response head() {
        exports.requireOpen();
        return answer().build();
    }

    private Response.ResponseBuilder answer() {
        return Response.ok()
                .type(JsonLines.MEDIA_TYPE)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"realm-" + realm.realmId() + ".jsonl\"");
    }
}
