package dev.realms.testing;

import dev.realms.settings.LocalIssuerKey;
import dev.realms.settings.SignInCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Tokens of the local issuer, which is on in the in-server tests. */
@InServer
public final class Tokens {

    private static final Duration LIFE = Duration.ofMinutes(10);

    private Tokens() {}

    /** For the user with this address, who is made in the tests' database with this role when there is none. Not inside a server. */
    public static String of(String email, String role) {
        return of(email, role, LIFE);
    }

    /** @param life negative for a token that has expired */
    public static String of(String email, String role, Duration life) {
        return mint(TestDatabase.user(email, role), life);
    }

    /** For the local issuer's own administrator. */
    public static String ofAdministrator() {
        return mint(LocalIssuerKey.ADMINISTRATOR, LIFE);
    }

    /** A new code for the printed address. */
    public static String signInCode() {
        try {
            SignInCode.write(dataDirectory());
            return SignInCode.read(dataDirectory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String mint(String subject, Duration life) {
        try {
            return LocalIssuerKey.readOrCreate(Files.createDirectories(dataDirectory()))
                    .mint(subject, life);
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
