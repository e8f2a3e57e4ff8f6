package dev.realms.secret;

import dev.realms.settings.SecretKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals and opens texts with the installation's key. Thread-safe; holds nothing that {@code toString} would show. */
public final class SecretBox {

    private static final String FORM = "realms:v1:";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final SecureRandom RANDOMNESS = new SecureRandom();

    private final byte[] master;
    private final SecretKeySpec sealing;
    private final String start;

    public SecretBox(SecretKey key) {
        master = key.bytes();
        sealing = new SecretKeySpec(hash("sealing", new byte[0]), "AES");
        byte[] id = Arrays.copyOf(hash("key id", new byte[0]), 4);
        start = FORM + HexFormat.of().formatHex(id) + ":";
    }

    /** Whether a stored text is a sealed one, by whatever key; else it is a plain value from before realms. */
    public static boolean isSealed(String stored) {
        return stored != null && stored.startsWith(FORM);
    }

    /** The text in a form that only {@link #open} can read, and only for the same place; differs every time. */
    public String seal(String text, SecretPlace place) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOMNESS.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, place, text.getBytes(StandardCharsets.UTF_8));
        byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
        return start + TEXT.encodeToString(both);
    }

    /** @throws SecretException when the text was changed, moved to another place, or sealed with another key */
    public String open(String sealed, SecretPlace place) {
        if (!sealed.startsWith(start)) {
            throw new SecretException();
        }
        byte[] both = decode(sealed.substring(start.length()));
        byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
        byte[] text = run(Cipher.DECRYPT_MODE, nonce, place, Arrays.copyOfRange(both, NONCE_BYTES, both.length));
        return new String(text, StandardCharsets.UTF_8);
    }

    /** A hash that nobody without the key can make or try out (HMAC-SHA-256), different for each purpose. */
    public byte[] hash(String purpose, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(master, "HmacSHA256"));
            mac.update((purpose + '\0').getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Only the one spelling that {@link #seal} writes: the bits that base64 leaves over must be zero. */
    private static byte[] decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length >= NONCE_BYTES && TEXT.encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Refused below, like any other text that was changed.
        }
        throw new SecretException();
    }

    private byte[] run(int mode, byte[] nonce, SecretPlace place, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.text().getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            // Why it failed would help only somebody who tries texts out.
            throw new SecretException();
        }
    }
}
