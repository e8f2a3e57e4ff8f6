package dev.realms.security.secret;

import dev.realms.ops.Transactions;
import dev.realms.settings.SecretKey;
import dev.realms.settings.SettingException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of data keys, which only the schema's owner can reach. */
final class StoredKeys {

    private static final String INSERT =
            "INSERT INTO migration.secret_keys (id, wrapped, master_id, activated_at, retired_at, swept_at)"
                    + " VALUES (?, ?, ?, %s) ON CONFLICT DO NOTHING";

    private StoredKeys() {}

    static List<StoredKey> read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT id, wrapped, master_id,"
                                + " activated_at IS NOT NULL AND retired_at IS NULL FROM migration.secret_keys ORDER BY created_at")) {
            List<StoredKey> keys = new ArrayList<>();
            while (row.next()) {
                keys.add(new StoredKey(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)));
            }
            return keys;
        }
    }

    /**
     * At a node's start: makes the first key where there is none, and wraps those of the previous master by the current one.
     *
     * @param connection in auto-commit mode
     * @throws SettingException when there is a key that no master of this node opens
     */
    static void prepare(Connection connection, MasterKeys masters) throws SQLException {
        Transactions.run(connection, transaction -> {
            begin(transaction, masters);
            for (StoredKey key : read(transaction)) {
                DataKey opened = open(key, masters);
                if (!key.masterId().equals(masters.current().id())) {
                    wrapAgain(transaction, key, opened, masters.current());
                }
            }
            return null;
        });
    }

    /** Of two nodes that start at once the second waits, and finds what the first made. */
    private static void begin(Connection connection, MasterKeys masters) throws SQLException {
        if (!read(connection).isEmpty()
                || !insert(connection, DataKey.generate(), masters.current(), "now(), NULL, now()")) {
            return;
        }
        // What was sealed before there were data keys stays readable, whatever becomes of the master.
        for (MasterKey master : masters.all()) {
            insert(connection, master.derivedKey(), masters.current(), "NULL, now(), now()");
        }
    }

    private static DataKey open(StoredKey key, MasterKeys masters) {
        try {
            return masters.unwrap(key).orElseThrow(SecretException::new);
        } catch (SecretException another) {
            throw new SettingException(
                    SecretKey.NAME + " is not the key this database was used with: to change it, set the"
                            + " one before as " + SecretKey.PREVIOUS + ".");
        }
    }

    private static void wrapAgain(Connection connection, StoredKey key, DataKey opened, MasterKey master)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE migration.secret_keys SET wrapped = ?, master_id = ? WHERE id = ? AND wrapped = ?")) {
            update.setString(1, master.wrap(opened));
            update.setString(2, master.id());
            update.setString(3, key.id());
            update.setString(4, key.wrapped());
            update.executeUpdate();
        }
    }

    /** The key that a rotation, which has not come to its end, leads to. */
    static Optional<String> unfinished(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT id FROM migration.secret_keys WHERE swept_at IS NULL ORDER BY created_at DESC LIMIT 1")) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    /**
     * Makes a key that all nodes get to know before anything is sealed by it.
     *
     * @throws IllegalStateException when another node has a newer master, and may not know this one
     */
    static String announce(Connection connection, MasterKey master) throws SQLException {
        if (read(connection).stream().anyMatch(key -> !key.masterId().equals(master.id()))) {
            throw new IllegalStateException("Another node has a newer " + SecretKey.NAME
                    + ", which wraps all keys: start this node with it, too, and rotate then");
        }
        while (true) {
            DataKey key = DataKey.generate();
            if (insert(connection, key, master, "NULL, NULL, NULL")) {
                return key.id();
            }
        }
    }

    /** Puts it in the place of the active one; does nothing when it is that already. */
    static void activate(Connection connection, String id) throws SQLException {
        Transactions.run(connection, transaction -> {
            update(
                    transaction,
                    "retired_at = clock_timestamp() WHERE activated_at IS NOT NULL AND retired_at IS NULL AND id <> ?",
                    id);
            update(transaction, "activated_at = clock_timestamp() WHERE activated_at IS NULL AND id = ?", id);
            return null;
        });
    }

    static void swept(Connection connection, String id) throws SQLException {
        update(connection, "swept_at = clock_timestamp() WHERE id = ?", id);
    }

    private static void update(Connection connection, String change, String id) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE migration.secret_keys SET " + change)) {
            update.setString(1, id);
            update.executeUpdate();
        }
    }

    private static boolean insert(Connection connection, DataKey key, MasterKey master, String times)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT.formatted(times))) {
            insert.setString(1, key.id());
            insert.setString(2, master.wrap(key));
            insert.setString(3, master.id());
            return insert.executeUpdate() == 1;
        }
    }
}
