package dev.realms.security.secret;

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

/** {@code /api/admin/secret-key}: which key seals the credentials, and its rotation. */
@Path("/admin/secret-key")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@ResponseSchema(SecretKeyView.class)
public class SecretKeyResource {

    @Inject
    private KeyRotation rotation;

    @Inject
    private Caller caller;

    /** Shows which key seals the credentials, and how its rotation stands. */
    @GET
    public Response get(@Context Request request) {
        return TaggedResponse.ok(request, rotation.view());
    }

    /** Seals all credentials with a new key. Goes on with a rotation that ended early, else makes the key. */
    @POST
    @Idempotent(act = true)
    @Path("rotate")
    @Refuses(ProblemType.WRONG_STATE)
    public Response rotate() {
        rotation.start(caller.userId());
        SecretKeyView view = rotation.view();
        return TaggedResponse.accepted(view);
    }
}
