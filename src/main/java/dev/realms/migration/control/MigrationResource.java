package dev.realms.migration.control;

import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.answer.PreflightAnswers.Answer;
import dev.realms.migration.check.Differences;
import dev.realms.migration.check.Preflight;
import dev.realms.migration.check.PreflightReport;
import dev.realms.migration.check.VerificationReport;
import dev.realms.migration.job.LeasedJob;
import dev.realms.migration.rollback.RollbackPreview;
import dev.realms.migration.state.Operator;
import dev.realms.ops.execution.JobExecutions;
import dev.realms.realm.isolation.Caller;
import dev.realms.web.DescribedAs;
import dev.realms.web.Idempotent;
import dev.realms.web.PageRequest;
import dev.realms.web.Pages;
import dev.realms.web.ResponseSchema;
import dev.realms.web.problem.ProblemType;
import dev.realms.web.problem.Refuses;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code /api/admin/migration}: where the migration stands, and what operators do about it. An act that moves the state answers 202 with the view after it. */
@Path("/admin/migration")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@ResponseSchema(MigrationView.class)
public class MigrationResource {

    /** There is one difference for each table at most. */
    private static final int MOST_DIFFERENCES = 100;

    /**
     * What an operator may say before a start.
     *
     * @param answers a member for each finding; null for what was answered before
     */
    public record MigrationAnswers(
            @DescribedAs(Answer.class) JsonObject answers) {}

    /**
     * What an operator may say with a start.
     *
     * @param answers as in {@link MigrationAnswers}
     * @param accept as in {@link AcceptDifferences}
     */
    public record StartMigration(
            @DescribedAs(Answer.class) JsonObject answers,
            @Size(max = MOST_DIFFERENCES) List<String> accept) {}

    /**
     * What an operator may say with a verification.
     *
     * @param accept names of differences, as the last look shows them, that an operator has looked at; null for none
     * @see Differences#accept
     */
    public record AcceptDifferences(
            @Size(max = MOST_DIFFERENCES) List<String> accept) {}

    /**
     * Nobody goes back by accident.
     *
     * @param confirm {@code rollback}
     * @param accept as in {@link AcceptDifferences}
     */
    public record ConfirmRollback(
            @NotNull @Pattern(regexp = "rollback") String confirm,
            @Size(max = MOST_DIFFERENCES) List<String> accept) {}

    @Inject
    private MigrationControl control;

    @Inject
    private RollbackControl rollback;

    @Inject
    private Caller caller;

    /** Shows where the migration stands. */
    @GET
    public Response get() {
        return answer(Response.Status.OK);
    }

    /** Lists the executions of the migration that this node remembers, newest first. */
    @GET
    @Path("executions")
    @ResponseSchema(ExecutionView.class)
    public Response listExecutions(
            @QueryParam("limit") String limit, @QueryParam("cursor") String cursor, @Context UriInfo uri) {
        return Pages.answer(
                JobExecutions.page(
                        LeasedJob.MIGRATION.id(),
                        PageRequest.of("migration-executions", limit, cursor),
                        ExecutionView::of),
                uri);
    }

    /** Looks what a start would meet, and changes nothing. */
    @POST
    @Idempotent(act = true)
    @Path("preflight")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseSchema(value = PreflightReport.class, status = 200)
    @Refuses(ProblemType.WRONG_STATE)
    public Response preflight(MigrationAnswers input) {
        return Response.ok(control.preflight(actor(), given(input.answers()))).build();
    }

    /** Starts the migration. */
    @POST
    @Idempotent(act = true)
    @Path("start")
    @Consumes(MediaType.APPLICATION_JSON)
    @Refuses({ProblemType.WRONG_STATE, ProblemType.PREFLIGHT_FINDINGS})
    public Response start(@HeaderParam("If-Match") String ifMatch, StartMigration input) {
        Optional<PreflightAnswers> given = given(input.answers());
        return act(ifMatch, operator -> control.start(operator, given, orNone(input.accept())));
    }

    /** Lets the migration rest after the portions at work. */
    @POST
    @Idempotent(act = true)
    @Path("pause")
    @Refuses(ProblemType.WRONG_STATE)
    public Response pause(@HeaderParam("If-Match") String ifMatch) {
        return act(ifMatch, control::pause);
    }

    /** Goes on with a migration that rests. */
    @POST
    @Idempotent(act = true)
    @Path("resume")
    @Refuses(ProblemType.WRONG_STATE)
    public Response resume(@HeaderParam("If-Match") String ifMatch) {
        return act(ifMatch, control::resume);
    }

    /** Ends the migration where it is. A start goes on from there. */
    @POST
    @Idempotent(act = true)
    @Path("stop")
    @Refuses(ProblemType.WRONG_STATE)
    public Response stop(@HeaderParam("If-Match") String ifMatch) {
        return act(ifMatch, control::stop);
    }

    /** Asks the data whether every row is still there, unchanged and where it belongs. */
    @POST
    @Idempotent(act = true)
    @Path("verify")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseSchema(value = VerificationReport.class, status = 200)
    @Refuses(ProblemType.WRONG_STATE)
    public Response verify(AcceptDifferences input) {
        return Response.ok(control.verify(actor(), orNone(input.accept()))).build();
    }

    /** Shows what a rollback would do. */
    @GET
    @Path("rollback")
    @Refuses(ProblemType.WRONG_STATE)
    public RollbackPreview previewRollback() {
        return rollback.preview();
    }

    /** Starts the way back to the schema before realms. Every row is kept. */
    @POST
    @Idempotent(act = true)
    @Path("rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    @Refuses({ProblemType.WRONG_STATE, ProblemType.PREFLIGHT_FINDINGS})
    public Response rollBack(@HeaderParam("If-Match") String ifMatch, ConfirmRollback input) {
        return act(ifMatch, operator -> rollback.start(operator, orNone(input.accept())));
    }

    /** Calls off a rollback that has changed nothing yet. */
    @POST
    @Idempotent(act = true)
    @Path("cancel-rollback")
    @Refuses(ProblemType.WRONG_STATE)
    public Response cancelRollback(@HeaderParam("If-Match") String ifMatch) {
        return act(ifMatch, rollback::cancel);
    }

    private Response act(String ifMatch, Consumer<Operator> act) {
        act.accept(Operator.of(actor(), ifMatch));
        return answer(Response.Status.ACCEPTED);
    }

    private Response answer(Response.Status status) {
        MigrationView view = control.view();
        return Response.status(status)
                .tag(new EntityTag(Long.toString(view.version())))
                .entity(view)
                .build();
    }

    private static Optional<PreflightAnswers> given(JsonObject answers) {
        return Optional.ofNullable(answers).map(Preflight::answers);
    }

    private static List<String> orNone(List<String> accept) {
        return accept == null ? List.of() : accept;
    }

    private String actor() {
        return caller.userId();
    }
}
