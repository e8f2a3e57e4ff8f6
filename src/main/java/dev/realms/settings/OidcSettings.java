package dev.realms.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** How the console signs people in at the OIDC provider: as a public client, with the authorization code flow and PKCE. */
public record OidcSettings(String clientId, URI authorizationEndpoint, URI tokenEndpoint, String scope) {

    public static final String CLIENT_ID = "realms.auth.oidc.client-id";
    public static final String AUTHORIZATION_ENDPOINT = "realms.auth.oidc.authorization-endpoint";
    public static final String TOKEN_ENDPOINT = "realms.auth.oidc.token-endpoint";
    public static final String SCOPE = "realms.auth.oidc.scope";

    static final Set<String> NAMES = Set.of(CLIENT_ID, AUTHORIZATION_ENDPOINT, TOKEN_ENDPOINT, SCOPE);

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * Empty when none of them is set.
     *
     * @throws SettingException when some are, but not all that are needed
     */
    static Optional<OidcSettings> read(SettingReader reader) {
        if (NAMES.stream().allMatch(name -> reader.text(name).isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new OidcSettings(
                required(reader, CLIENT_ID),
                endpoint(AUTHORIZATION_ENDPOINT, required(reader, AUTHORIZATION_ENDPOINT)),
                endpoint(TOKEN_ENDPOINT, required(reader, TOKEN_ENDPOINT)),
                reader.text(SCOPE).orElse("openid email profile")));
    }

    /** Scheme, host and port of the endpoint that pages send requests to, as a Content-Security-Policy names them. */
    public String tokenOrigin() {
        return tokenEndpoint.getScheme() + "://" + tokenEndpoint.getRawAuthority();
    }

    private static String required(SettingReader reader, String name) {
        return reader.text(name)
                .orElseThrow(() -> new SettingException(
                        name + " is missing: the console needs it to sign in through the OIDC provider."));
    }

    private static URI endpoint(String name, String text) {
        try {
            URI uri = new URI(text);
            boolean safe = "https".equals(uri.getScheme())
                    || "http".equals(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost()));
            // Without user information the authority is host and port: nothing that could end a directive of the
            // policy.
            if (safe && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException noAddress) {
            // Falls through: the same sentence answers both faults.
        }
        throw new SettingException(
                "%s must be an https address such as https://login.example.com/oauth2/token, but is '%s'."
                        .formatted(name, text.replaceAll("//[^/]*@", "//***@")));
    }
}
