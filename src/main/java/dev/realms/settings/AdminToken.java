package dev.realms.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The way in where no identity provider is: at each start the service writes a token of the local issuer for an administrator
 * into its data directory, where only its own account can read it. The first sign-in with it makes that
 * user, or takes the one with the address {@link LocalIssuerKey#ADMINISTRATOR_EMAIL}, once for each installation.
 */
public final class AdminToken {

    public static final String FILE = "admin-token";
    public static final Duration LIFE = Duration.ofDays(7);

    private AdminToken() {}

    public static void write(Path dataDirectory, LocalIssuerKey key) throws IOException {
        PrivateFile.write(dataDirectory.resolve(FILE), key.mint(LocalIssuerKey.ADMINISTRATOR, LIFE));
    }

    /** @throws IOException when the service has written none */
    public static String read(Path dataDirectory) throws IOException {
        return Files.readString(dataDirectory.resolve(FILE)).strip();
    }
}
