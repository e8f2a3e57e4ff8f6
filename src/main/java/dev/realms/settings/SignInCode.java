package dev.realms.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * What the printed address of the console signs in with, once: at each start the service writes a new code into its data directory, where
 * only its own account can read it, and takes it for a token of the local issuer's administrator. The code is good while its file is there.
 */
public final class SignInCode {

    public static final String FILE = "sign-in-code";

    private SignInCode() {}

    public static void write(Path dataDirectory) throws IOException {
        PrivateFile.write(dataDirectory.resolve(FILE), UUID.randomUUID().toString());
    }

    /** @throws IOException when the service has written none, or it was used */
    public static String read(Path dataDirectory) throws IOException {
        return Files.readString(dataDirectory.resolve(FILE)).strip();
    }

    /** Whether it is the code; of several at once, one is told so. */
    public static boolean use(Path dataDirectory, String given) throws IOException {
        try {
            boolean right = MessageDigest.isEqual(bytes(read(dataDirectory)), bytes(given));
            if (right) {
                Files.delete(dataDirectory.resolve(FILE));
            }
            return right;
        } catch (NoSuchFileException used) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
