package dev.realms.security.secret;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Seals and opens texts with the installation's keys. Thread-safe; holds nothing that {@code toString} would show. */
public final class SecretBox {

    /** How every sealed text begins. */
    static final String FORM = "realms:v1:";

    /** What a sealed text is like, the key's id and base64 of at least a nonce and a tag: a pattern, quoted for SQL. */
    public static final String SEALED_IN_SQL = "'^realms:v1:[0-9a-f]{8}:[A-Za-z0-9_-]{38,}$'";

    private static final Pattern SEALED = Pattern.compile(FORM + "([0-9a-f]{8}):([A-Za-z0-9_-]+)");

    /** What a sealed text is bound to, such as the place where it is kept; it can be opened only where the same is said again. */
    public record AssociatedData(String text) {

        /** A field of a row of a realm. */
        public static AssociatedData ofField(UUID realmId, String rowId, String field) {
            return new AssociatedData(realmId + "|" + rowId + "|" + field);
        }
    }

    /** A sealed text can't be opened. Does not say why. */
    public static final class SecretException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SecretException() {
            super("A stored secret can't be opened");
        }
    }

    private final KeyRing ring;

    SecretBox(KeyRing ring) {
        this.ring = ring;
    }

    /** Whether a stored text is a sealed one, by whatever key; else it is a plain, pre-realm value. */
    public static boolean isSealed(String stored) {
        return stored != null && stored.startsWith(FORM);
    }

    /** The text in a form that only {@link #open} can read, and only with the same associated data; differs every time. */
    public String seal(String text, AssociatedData associated) {
        return seal(ring.active(), text, associated);
    }

    /** @throws SecretException when the text was changed, moved to another place, or sealed by a key that is not ours */
    public String open(String sealed, AssociatedData associated) {
        Matcher parts = SEALED.matcher(sealed);
        if (!parts.matches()) {
            throw new SecretException();
        }
        AeadKey key = ring.find(parts.group(1)).orElseThrow(SecretException::new);
        return new String(key.open(associated.text(), parts.group(2)), StandardCharsets.UTF_8);
    }

    /** Whether this node has the key that a text names. What has not the form of a sealed text needs none. */
    public boolean hasKeyOf(String sealed) {
        Matcher parts = SEALED.matcher(sealed);
        return !parts.matches() || ring.find(parts.group(1)).isPresent();
    }

    /** How a text begins that this key has sealed. */
    static String formOf(String keyId) {
        return FORM + keyId + ":";
    }

    /** The same secret, sealed by this key. @throws SecretException as {@link #open} */
    String sealAgain(String sealed, AssociatedData associated, String keyId) {
        AeadKey key = ring.find(keyId).orElseThrow(SecretException::new);
        return seal(key, open(sealed, associated), associated);
    }

    private static String seal(AeadKey key, String text, AssociatedData associated) {
        return formOf(key.id()) + key.seal(associated.text(), text.getBytes(StandardCharsets.UTF_8));
    }
}
