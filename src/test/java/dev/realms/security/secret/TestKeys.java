package dev.realms.security.secret;

import dev.realms.settings.SecretKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Keys as a node has them, for tests. */
public final class TestKeys {

    private TestKeys() {}

    static MasterKeys masters(SecretKey... keys) {
        return new MasterKeys(List.of(keys));
    }

    /** A box with a key of its own. */
    public static SecretBox box() {
        MasterKeys masters = masters(SecretKey.generate());
        AeadKey key = AeadKey.generate();
        DataKeyTable.StoredKey stored =
                new DataKeyTable.StoredKey(key.id(), masters.wrap(key), masters.currentId(), true);
        KeyRing ring = new KeyRing(masters, () -> List.of(stored));
        ring.read();
        return new SecretBox(ring);
    }

    /** What a node does at its start. */
    static KeyRing start(DataSource owner, SecretKey... keys) throws SQLException {
        MasterKeys masters = masters(keys);
        try (Connection connection = owner.getConnection()) {
            DataKeyTable.prepare(connection, masters);
        }
        return ring(owner, masters);
    }

    static KeyRing ring(DataSource owner, MasterKeys masters) {
        KeyRing ring = new KeyRing(masters, () -> stored(owner));
        ring.read();
        return ring;
    }

    static List<DataKeyTable.StoredKey> stored(DataSource owner) {
        try (Connection connection = owner.getConnection()) {
            return DataKeyTable.read(connection);
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
