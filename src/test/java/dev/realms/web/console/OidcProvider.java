package dev.realms.web.console;

import dev.realms.testing.NpmFolder;
import dev.realms.testing.Ports;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** A real provider, {@code src/test/oidc}, where anybody may sign in under any address. Its settings are known before it is there. */
final class OidcProvider implements AutoCloseable {

    private static final NpmFolder FOLDER = NpmFolder.of("oidc");
    private static final String CLIENT = "realms-console";
    private static final String AUDIENCE = "https://realms.example.com";
    private static final String LOG = "provider.log";

    private final int port = Ports.findFree();
    private Process process;

    /** Whether what it needs is here, or could be fetched. */
    static boolean isInstalled() throws IOException, InterruptedException {
        return FOLDER.install();
    }

    /** Of the service. The authorization endpoint has a query of its own, as some providers' have. */
    Map<String, String> settings() {
        return Map.of(
                "MP_JWT_VERIFY_ISSUER",
                issuer(),
                "MP_JWT_VERIFY_AUDIENCES",
                AUDIENCE,
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                issuer() + "/jwks",
                "REALMS_AUTH_OIDC_CLIENT_ID",
                CLIENT,
                "REALMS_AUTH_OIDC_AUTHORIZATION_ENDPOINT",
                issuer() + "/auth?policy=sign-in",
                "REALMS_AUTH_OIDC_TOKEN_ENDPOINT",
                issuer() + "/token");
    }

    String issuer() {
        return "http://127.0.0.1:" + port;
    }

    /** @param redirect the console's address */
    void start(URI redirect) throws IOException {
        process = FOLDER.start(
                LOG, "node", "provider.mjs", Integer.toString(port), CLIENT, redirect.toString(), AUDIENCE);
        Ports.awaitListener(port, process, FOLDER.target().resolve(LOG));
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.getOutputStream().close();
            process.onExit().join();
        }
    }
}
