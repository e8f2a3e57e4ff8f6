package dev.realms.security.auth;

import dev.realms.realm.isolation.Caller;
import dev.realms.settings.LocalIssuerKey;
import dev.realms.user.SignIn;
import dev.realms.user.User;
import dev.realms.web.Idempotent;
import dev.realms.web.ResponseSchema;
import dev.realms.web.admission.Resilient;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import dev.realms.web.problem.Refuses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code /api/admin/tokens}: tokens for anybody, where the local issuer stands in for an OIDC provider. */
@Path("/admin/tokens")
@ApplicationScoped
@Resilient
@Produces(MediaType.APPLICATION_JSON)
public class TokensResource {

    private static final Logger AUDIT = Logger.getLogger("dev.realms.audit");

    @Inject
    private SignInPoint signInPoint;

    @Inject
    private SignIn signIn;

    @Inject
    private Caller caller;

    /** Makes a token for the user with an address, who is made with it when there is none. */
    @POST
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseSchema(value = TokenView.class, status = 200)
    @Refuses({ProblemType.NOT_FOUND, ProblemType.EMAIL_TAKEN})
    public Response mint(MintToken input) {
        LocalIssuerKey key = signInPoint
                .localKey()
                .orElseThrow(() -> new DomainException(ProblemType.NOT_FOUND, "The local issuer is off."));
        Duration life = Duration.ofSeconds(input.ttlSeconds());
        User user = signIn.withEmail(input.email());
        AUDIT.log(
                Level.INFO, "{0} made a token for {1}, good for {2}", new Object[] {caller.userId(), user.id(), life});
        return Response.ok(new TokenView(key.mint(user.id(), life))).build();
    }
}
