package dev.realms.settings;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** {@code realms.secret-key}: 32 bytes, written in base64, that wrap the keys which encrypt the credentials at rest. */
public final class SecretKey {

    public static final String NAME = "realms.secret-key";

    /** The one before, while keys that it wrapped are still to be wrapped by the current one. */
    public static final String PREVIOUS = "realms.secret-key.previous";

    private static final int LENGTH = 32;

    private final byte[] bytes;

    private SecretKey(byte[] bytes) {
        this.bytes = bytes;
    }

    public static SecretKey generate() {
        byte[] bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        return new SecretKey(bytes);
    }

    /** @throws SettingException when the text is not base64 of exactly 32 bytes; the sentence does not repeat it */
    public static SecretKey parse(String base64) {
        return parse(NAME, base64);
    }

    /** @param name of the setting */
    static SecretKey parse(String name, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new SettingException(name + " must be 32 bytes in base64, but is not base64.");
        }
        if (bytes.length != LENGTH) {
            throw new SettingException(name + " must be 32 bytes in base64, but holds " + bytes.length + " bytes.");
        }
        return new SecretKey(bytes);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretKey key && Arrays.equals(key.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "***";
    }
}
