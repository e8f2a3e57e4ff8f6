package dev.realms.web.console;

import dev.realms.testing.NpmFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A real provider, {@code src/test/oidc}, where anybody may sign in under any address. Its settings are known before it is there. */
final class OidcProvider implements AutoCloseable {

    private static final NpmFolder FOLDER = NpmFolder.of("oidc");
    private static final String CLIENT = "realms-console";
    private static final String AUDIENCE = "https://realms.example.com";
    private static final String LOG = "provider.log";

    private final int port;
    private Process process;

    OidcProvider() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

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
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (!isThere()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IOException(
                        "It does not start: " + Files.readString(FOLDER.target().resolve(LOG)));
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private boolean isThere() {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.getOutputStream().close();
            process.onExit().join();
        }
    }
}
