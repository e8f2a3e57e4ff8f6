package dev.realms.security.secret;

import dev.realms.settings.SecretKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** {@code realms.secret-key}: wraps the data keys and seals nothing else. The database never sees it. */
final class MasterKey {

    private final byte[] master;
    private final SecretKeySpec wrapping;
    private final String id;

    MasterKey(SecretKey setting) {
        master = setting.bytes();
        wrapping = new SecretKeySpec(derive("wrapping"), "AES");
        id = shortId("master id");
    }

    /** Tells one master from another; says nothing about it. */
    String id() {
        return id;
    }

    String wrap(DataKey key) {
        return Aead.seal(wrapping, place(key.id()), key.key().getEncoded());
    }

    /** @throws SecretException when another master has wrapped it, or it is another key's */
    DataKey unwrap(String keyId, String wrapped) {
        return new DataKey(keyId, Aead.open(wrapping, place(keyId), wrapped));
    }

    /** What sealed before there were data keys, under the id it had. */
    DataKey derivedKey() {
        return new DataKey(shortId("key id"), derive("sealing"));
    }

    private static String place(String keyId) {
        return "secret key|" + keyId;
    }

    private String shortId(String purpose) {
        return HexFormat.of().formatHex(Arrays.copyOf(derive(purpose), 4));
    }

    private byte[] derive(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(master, "HmacSHA256"));
            return mac.doFinal((purpose + '\0').getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
