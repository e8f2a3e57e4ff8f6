package dev.realms.security.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with a random nonce, written as base64url of nonce, ciphertext and tag. */
final class Aead {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final SecureRandom RANDOMNESS = new SecureRandom();

    private Aead() {}

    /** @param place what must be said again to open it */
    static String seal(SecretKeySpec key, String place, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOMNESS.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, key, nonce, place, plain);
        byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
        return TEXT.encodeToString(both);
    }

    /** @throws SecretException when the text was changed, or sealed for another place or with another key */
    static byte[] open(SecretKeySpec key, String place, String sealed) {
        byte[] both = decode(sealed);
        byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
        return run(Cipher.DECRYPT_MODE, key, nonce, place, Arrays.copyOfRange(both, NONCE_BYTES, both.length));
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

    private static byte[] run(int mode, SecretKeySpec key, byte[] nonce, String place, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            // Why it failed would help only somebody who tries texts out.
            throw new SecretException();
        }
    }
}
