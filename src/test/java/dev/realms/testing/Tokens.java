package dev.realms.testing;

import dev.realms.settings.LocalIssuerKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Tokens of the local issuer, which is on in the in-server tests. Whoever they name first signs in when they are first used. */
@InServer
public final class Tokens {

    private Tokens() {}

    /** @param role of the user, should this be their first sign-in: ADMIN, USER or VIEWER */
    public static String of(String email, String role) {
        return of(email, role, Duration.ofMinutes(10));
    }

    /** @param life negative for a token that has expired */
    public static String of(String email, String role, Duration life) {
        try {
            return LocalIssuerKey.readOrCreate(Files.createDirectories(dataDirectory()))
                    .mint(email, email.replaceFirst("@.*", ""), role, life);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of all servers of a run: one environment variable tells it to them, in which this runs, too. */
    static Path dataDirectory() {
        String inServer = System.getenv("REALMS_DATA_DIR");
        return inServer == null ? Path.of(System.getProperty("realms.it.target"), "data") : Path.of(inServer);
    }
}
