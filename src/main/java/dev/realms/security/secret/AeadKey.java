package dev.realms.security.secret;

import dev.realms.security.secret.SecretBox.SecretException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of AES-256-GCM with a random nonce, whose texts are base64url of nonce, ciphertext and tag. Its id is no secret. Shows nothing
 * else of itself. Thread-safe.
 */
final class AeadKey {

    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final SecureRandom RANDOMNESS = new SecureRandom();

    /** To look one up takes longer than to seal a password. */
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(AeadKey::cipher);

    private final String id;
    private final SecretKeySpec key;

    AeadKey(String id, byte[] key) {
        this.id = id;
        this.key = new SecretKeySpec(key, "AES");
    }

    static AeadKey generate() {
        return new AeadKey(HexFormat.of().formatHex(random(ID_BYTES)), random(KEY_BYTES));
    }

    String id() {
        return id;
    }

    byte[] bytes() {
        return key.getEncoded();
    }

    /** @param associated what must be said again to open it */
    String seal(String associated, byte[] plain) {
        byte[] nonce = random(NONCE_BYTES);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, associated, plain);
        byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
        return TEXT.encodeToString(both);
    }

    /** @throws SecretException when the text was changed, or sealed with other associated data or by another key */
    byte[] open(String associated, String sealed) {
        byte[] both = decode(sealed);
        byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
        return run(Cipher.DECRYPT_MODE, nonce, associated, Arrays.copyOfRange(both, NONCE_BYTES, both.length));
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

    private byte[] run(int mode, byte[] nonce, String associated, byte[] input) {
        try {
            Cipher cipher = CIPHER.get();
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            // Why it failed would help only somebody who tries texts out.
            throw new SecretException();
        }
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        RANDOMNESS.nextBytes(bytes);
        return bytes;
    }
}
