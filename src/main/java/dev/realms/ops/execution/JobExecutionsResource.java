package dev.realms.ops.execution;

import dev.realms.realm.isolation.Caller;
import dev.realms.web.DescribedAs;
import dev.realms.web.Idempotent;
import dev.realms.web.PageRequest;
import dev.realms.web.Pages;
import dev.realms.web.ResponseSchema;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import dev.realms.web.problem.Refuses;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/** {@code /api/admin/executions}: executions of every batch job, with what may be done about the newest of each. */
@Path("/admin/executions")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@ResponseSchema(JobExecutionView.class)
public class JobExecutionsResource {

    private static final String LIST = "executions";

    @Inject
    private JobExecutions executions;

    @Inject
    private Caller caller;

    /** Lists executions of batch jobs on this node, newest first. */
    @GET
    public Response list(
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor,
            @QueryParam("job") String job,
            @Context UriInfo uri) {
        String list = job == null ? LIST : LIST + "-of-" + job;
        return Pages.answer(executions.page(Optional.ofNullable(job), PageRequest.of(list, limit, cursor)), uri);
    }

    /** Stops an execution. */
    @POST
    @Idempotent(act = true)
    @Path("{executionId}/stop")
    @Refuses(ProblemType.WRONG_STATE)
    public Response stop(@PathParam("executionId") @DescribedAs(Long.class) String id) {
        return act(JobExecutions.STOP, id);
    }

    /** Starts the job of an execution afresh. It finds in the data what is left to do. */
    @POST
    @Idempotent(act = true)
    @Path("{executionId}/restart")
    @Refuses(ProblemType.WRONG_STATE)
    public Response restart(@PathParam("executionId") @DescribedAs(Long.class) String id) {
        return act(JobExecutions.RESTART, id);
    }

    private Response act(String act, String id) {
        return Response.accepted(executions.act(act, caller.userId(), number(id)))
                .build();
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException none) {
            throw new DomainException(ProblemType.NOT_FOUND, "This node knows of no such execution.");
        }
    }
}
