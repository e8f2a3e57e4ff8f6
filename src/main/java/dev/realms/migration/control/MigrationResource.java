package dev.realms.migration.control;

import dev.realms.migration.answer.Answers;
import dev.realms.migration.job.ExecutionsView;
import dev.realms.migration.job.MigrationJob;
import dev.realms.migration.state.Operator;
import dev.realms.migration.state.Versions;
import dev.realms.realm.isolation.Caller;
import dev.realms.web.Idempotent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code /api/admin/migration}: for operators. An act that moves the state answers 202 with the view after it. */
@Path("/admin/migration")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MigrationResource {

    @Inject
    private MigrationControl control;

    @Inject
    private RollbackControl rollback;

    @Inject
    private Caller caller;

    @GET
    public Response get() {
        return answer(Response.Status.OK);
    }

    @GET
    @Path("executions")
    public ExecutionsView executions() {
        return new ExecutionsView(MigrationJob.executions());
    }

    @POST
    @Idempotent(act = true)
    @Path("preflight")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response preflight(MigrationAnswers answers) {
        return Response.ok(control.preflight(actor(), answers.given())).build();
    }

    @POST
    @Idempotent(act = true)
    @Path("start")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response start(@HeaderParam("If-Match") String ifMatch, StartMigration start) {
        Optional<Answers> given = start.given();
        return act(ifMatch, operator -> control.start(operator, given, start.accepted()));
    }

    @POST
    @Idempotent(act = true)
    @Path("pause")
    public Response pause(@HeaderParam("If-Match") String ifMatch) {
        return act(ifMatch, control::pause);
    }

    @POST
    @Idempotent(act = true)
    @Path("resume")
    public Response resume(@HeaderParam("If-Match") String ifMatch) {
        return act(ifMatch, control::resume);
    }

    @POST
    @Idempotent(act = true)
    @Path("stop")
    public Response stop(@HeaderParam("If-Match") String ifMatch) {
        return act(ifMatch, control::stop);
    }

    @POST
    @Idempotent(act = true)
    @Path("cancel-rollback")
    public Response cancelRollback(@HeaderParam("If-Match") String ifMatch) {
        return act(ifMatch, rollback::cancel);
    }

    @POST
    @Idempotent(act = true)
    @Path("verify")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response verify(AcceptDifferences differences) {
        return Response.ok(control.verify(actor(), differences.accepted())).build();
    }

    private Response act(String ifMatch, Consumer<Operator> act) {
        act.accept(new Operator(actor(), Versions.of(ifMatch)));
        return answer(Response.Status.ACCEPTED);
    }

    private Response answer(Response.Status status) {
        MigrationView view = control.view();
        return Response.status(status)
                .tag(new EntityTag(Long.toString(view.version())))
                .entity(view)
                .build();
    }

    private String actor() {
        return caller.userId().toString();
    }
}
