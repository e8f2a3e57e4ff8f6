package dev.realms.security.secret;

import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/** A key that seals texts. Its id is no secret and stands in each of them. Shows nothing else of itself. */
final class DataKey {

    static final int BYTES = 32;

    private static final int ID_BYTES = 4;
    private static final SecureRandom RANDOMNESS = new SecureRandom();

    private final String id;
    private final SecretKeySpec key;

    DataKey(String id, byte[] key) {
        this.id = id;
        this.key = new SecretKeySpec(key, "AES");
    }

    static DataKey generate() {
        byte[] id = new byte[ID_BYTES];
        byte[] key = new byte[BYTES];
        RANDOMNESS.nextBytes(id);
        RANDOMNESS.nextBytes(key);
        return new DataKey(HexFormat.of().formatHex(id), key);
    }

    String id() {
        return id;
    }

    SecretKeySpec key() {
        return key;
    }
}
