package dev.realms.security.secret;

import dev.realms.settings.SecretKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/** Keys as a node has them, for tests. */
public final class TestKeys {

    private TestKeys() {}

    static MasterKeys masters(SecretKey... keys) {
        return new MasterKeys(Arrays.stream(keys).map(MasterKey::new).toList());
    }

    /** A box with a key of its own. */
    public static SecretBox box() {
        MasterKeys masters = masters(SecretKey.generate());
        DataKey key = DataKey.generate();
        StoredKey stored = new StoredKey(
                key.id(), masters.current().wrap(key), masters.current().id(), true);
        KeyRing ring = new KeyRing(masters, () -> List.of(stored));
        ring.read();
        return new SecretBox(ring);
    }

    /** What a node does at its start. */
    static KeyRing start(DataSource owner, SecretKey... keys) throws SQLException {
        MasterKeys masters = masters(keys);
        try (Connection connection = owner.getConnection()) {
            StoredKeys.prepare(connection, masters);
        }
        return ring(owner, masters);
    }

    static KeyRing ring(DataSource owner, MasterKeys masters) {
        KeyRing ring = new KeyRing(masters, () -> stored(owner));
        ring.read();
        return ring;
    }

    static List<StoredKey> stored(DataSource owner) {
        try (Connection connection = owner.getConnection()) {
            return StoredKeys.read(connection);
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
