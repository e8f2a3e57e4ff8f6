package dev.realms.migration.finalize;

import dev.realms.migration.state.Operator;
import dev.realms.realm.isolation.Caller;
import dev.realms.web.Idempotent;
import dev.realms.web.ResponseSchema;
import dev.realms.web.TaggedResponse;
import dev.realms.web.problem.ProblemType;
import dev.realms.web.problem.Refuses;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /api/admin/migration/finalize}: what will be gone, and how far it is. */
@Path("/admin/migration/finalize")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class FinalizationResource {

    /**
     * Says that one knows what is asked for: there is no way back.
     *
     * @param views null, or {@code realms} for views under the old names that show realms
     */
    public record FinalizeMigration(
            @NotNull @Pattern(regexp = "finalize", message = "must be finalize")
            String confirm,

            @Pattern(regexp = "realms", message = "must be realms")
            String views) {}

    @Inject
    private Finalization finalization;

    @Inject
    private Caller caller;

    /** Shows what a finalization will do, and how far it is. */
    @GET
    public FinalizationView preview() {
        return finalization.preview();
    }

    /** Starts the finalization, after which there is no way back. Goes on with one that ended early, too. */
    @POST
    @Idempotent(act = true)
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseSchema(FinalizationView.class)
    @Refuses(ProblemType.WRONG_STATE)
    public Response start(@HeaderParam("If-Match") String ifMatch, FinalizeMigration confirmed) {
        finalization.start(Operator.of(caller.userId(), ifMatch), confirmed.views() != null);
        FinalizationView view = finalization.preview();
        return TaggedResponse.accepted(view);
    }
}
