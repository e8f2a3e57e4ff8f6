package dev.realms.security.secret;

import dev.realms.security.secret.SecretBox.SecretException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Seals texts with a passphrase, for a file that leaves the installation. The key is derived as NIST SP 800-132 has it, from a salt of the
 * file's own; salt and iterations are no secret and go with the file. Thread-safe; shows nothing of itself.
 */
public final class PassphraseBox {

    public static final String DERIVATION = "PBKDF2WithHmacSHA256";

    /** As many as OWASP asks for, half a second on a small machine. */
    public static final int ITERATIONS = 600_000;

    /** What may be sent in a header, and is not guessed at once. */
    private static final Pattern PASSPHRASE = Pattern.compile("[!-~][ -~]{10,198}[!-~]");

    private static final int KEY_BITS = 256;
    private static final int SALT_BYTES = 16;

    private final AeadKey key;
    private final String salt;

    private PassphraseBox(AeadKey key, String salt) {
        this.key = key;
        this.salt = salt;
    }

    /** Whether a text can be one: 12 to 200 visible characters of ASCII, and spaces between them. */
    public static boolean isPassphrase(String text) {
        return PASSPHRASE.matcher(text).matches();
    }

    /** With a salt of its own. */
    public static PassphraseBox create(String passphrase) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return of(passphrase, Base64.getUrlEncoder().withoutPadding().encodeToString(salt));
    }

    /** @param salt of the box that sealed */
    public static PassphraseBox of(String passphrase, String salt) {
        try {
            byte[] bytes = SecretKeyFactory.getInstance(DERIVATION)
                    .generateSecret(new PBEKeySpec(
                            passphrase.toCharArray(), salt.getBytes(StandardCharsets.US_ASCII), ITERATIONS, KEY_BITS))
                    .getEncoded();
            return new PassphraseBox(new AeadKey("", bytes), salt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String salt() {
        return salt;
    }

    /** @param associated what must be said again to open it */
    public String seal(String text, String associated) {
        return key.seal(associated, text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws SecretException when the text was changed, or sealed with another passphrase or another salt, or for another place */
    public String open(String sealed, String associated) {
        return new String(key.open(associated, sealed), StandardCharsets.UTF_8);
    }
}
