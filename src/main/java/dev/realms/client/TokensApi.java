package dev.realms.client;

import dev.realms.security.auth.MintToken;
import dev.realms.security.auth.TokenView;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Tokens of the local issuer, while it is on. For administrators. */
@Path("/api/admin/tokens")
@Produces(MediaType.APPLICATION_JSON)
public interface TokensApi {

    /** Makes a token for the user with an address, who is made with it when there is none. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    TokenView mint(@HeaderParam("Idempotency-Key") String idempotencyKey, MintToken input);
}
