package dev.realms.realm.isolation.audit;

import dev.realms.realm.isolation.Caller;
import dev.realms.web.Idempotent;
import dev.realms.web.ResponseSchema;
import dev.realms.web.TaggedResponse;
import dev.realms.web.problem.ProblemType;
import dev.realms.web.problem.Refuses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** {@code /api/admin/isolation-audit}: starts an audit of the data, and shows its progress and what it found. */
@Path("/admin/isolation-audit")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@ResponseSchema(AuditView.class)
public class IsolationAuditResource {

    @Inject
    private IsolationAudits audits;

    @Inject
    private Caller caller;

    /** Shows the audit that is under way, or what the last one found. */
    @GET
    public Response get(@Context Request request) {
        return TaggedResponse.ok(request, audits.view());
    }

    /** Starts an audit of the data. */
    @POST
    @Idempotent(act = true)
    @Refuses(ProblemType.WRONG_STATE)
    public Response start() {
        audits.start(caller.userId());
        AuditView view = audits.view();
        return TaggedResponse.accepted(view);
    }
}
