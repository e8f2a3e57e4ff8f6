package dev.realms.security.secret;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Seals and opens texts with the installation's keys. Thread-safe; holds nothing that {@code toString} would show. */
public final class SecretBox {

    /** How every sealed text begins. */
    static final String FORM = "realms:v1:";

    private static final Pattern SEALED = Pattern.compile(FORM + "([0-9a-f]{8}):([A-Za-z0-9_-]+)");

    private final KeyRing ring;

    SecretBox(KeyRing ring) {
        this.ring = ring;
    }

    /** Whether a stored text is a sealed one, by whatever key; else it is a plain value from before realms. */
    public static boolean isSealed(String stored) {
        return stored != null && stored.startsWith(FORM);
    }

    /** The text in a form that only {@link #open} can read, and only for the same place; differs every time. */
    public String seal(String text, SecretPlace place) {
        return seal(ring.active(), text, place);
    }

    /** @throws SecretException when the text was changed, moved to another place, or sealed with a key that is not ours */
    public String open(String sealed, SecretPlace place) {
        Matcher parts = SEALED.matcher(sealed);
        if (!parts.matches()) {
            throw new SecretException();
        }
        DataKey key = ring.find(parts.group(1)).orElseThrow(SecretException::new);
        return new String(Aead.open(key.key(), place.text(), parts.group(2)), StandardCharsets.UTF_8);
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
    String sealAgain(String sealed, SecretPlace place, String keyId) {
        DataKey key = ring.find(keyId).orElseThrow(SecretException::new);
        return seal(key, open(sealed, place), place);
    }

    private static String seal(DataKey key, String text, SecretPlace place) {
        return formOf(key.id()) + Aead.seal(key.key(), place.text(), text.getBytes(StandardCharsets.UTF_8));
    }
}
