package dev.realms.security.secret;

import dev.realms.security.secret.DataKeyTable.StoredKey;
import dev.realms.security.secret.SecretBox.SecretException;
import dev.realms.settings.SecretKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code realms.secret-key}, and perhaps the one before it, as this node has them. They wrap the data keys and seal nothing else; the
 * database never sees them.
 */
final class MasterKeys {

    private final List<AeadKey> wrapping;

    /** @param settings the current one first; none on a node that seals and opens nothing */
    MasterKeys(List<SecretKey> settings) {
        wrapping = settings.stream().map(MasterKeys::derived).toList();
    }

    boolean isEmpty() {
        return wrapping.isEmpty();
    }

    /** Tells the current master from others; says nothing about it. */
    String currentId() {
        return current().id();
    }

    /** By the current master. */
    String wrap(AeadKey key) {
        return current().seal(associated(key.id()), key.bytes());
    }

    /**
     * Empty when it was wrapped by a master that is not known here.
     *
     * @throws SecretException when it was changed, or is another key's
     */
    Optional<AeadKey> unwrap(StoredKey key) {
        return wrapping.stream()
                .filter(master -> master.id().equals(key.masterId()))
                .findFirst()
                .map(master -> new AeadKey(key.id(), master.open(associated(key.id()), key.wrapped())));
    }

    private AeadKey current() {
        return wrapping.stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("This node has no master key"));
    }

    private static String associated(String keyId) {
        return "secret key|" + keyId;
    }

    private static AeadKey derived(SecretKey setting) {
        byte[] id = Arrays.copyOf(derive(setting, "master id"), 4);
        return new AeadKey(HexFormat.of().formatHex(id), derive(setting, "wrapping"));
    }

    private static byte[] derive(SecretKey setting, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(setting.bytes(), "HmacSHA256"));
            return mac.doFinal((purpose + '\0').getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
