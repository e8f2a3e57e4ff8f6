package dev.realms.migration.control;

import dev.realms.migration.rollback.RollbackPreview;
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

/** {@code /api/admin/migration/rollback}: what it would do, and to do it, by name. */
@Path("/admin/migration/rollback")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RollbackResource {

    @Inject
    private RollbackControl rollback;

    @Inject
    private MigrationControl migration;

    @Inject
    private Caller caller;

    @GET
    public RollbackPreview preview() {
        return rollback.preview();
    }

    @POST
    @Idempotent(act = true)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response start(@HeaderParam("If-Match") String ifMatch, ConfirmRollback confirmed) {
        rollback.start(new Operator(caller.userId().toString(), Versions.of(ifMatch)), confirmed.accepted());
        MigrationView view = migration.view();
        return Response.accepted(view)
                .tag(new EntityTag(Long.toString(view.version())))
                .build();
    }
}
