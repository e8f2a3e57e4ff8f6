package dev.realms.security.auth;

import dev.realms.settings.OidcSettings;

/**
 * How people can sign in.
 *
 * @param localIssuer whether tokens of the local issuer are taken
 * @param oidc the provider to be sent to, or null
 */
public record SignInView(boolean localIssuer, Oidc oidc) {

    /** A public client of the provider. */
    public record Oidc(
            String issuer, String clientId, String authorizationEndpoint, String tokenEndpoint, String scope) {

        static Oidc of(OidcSettings client, String issuer) {
            return new Oidc(
                    issuer,
                    client.clientId(),
                    client.authorizationEndpoint().toString(),
                    client.tokenEndpoint().toString(),
                    client.scope());
        }
    }
}
