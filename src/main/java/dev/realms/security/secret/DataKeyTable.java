package dev.realms.security.secret;

import dev.realms.ops.Transactions;
import dev.realms.security.secret.SecretBox.SecretException;
import dev.realms.settings.SecretKey;
import dev.realms.settings.SettingException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of data keys, which only the schema's owner can reach, and what they have sealed. */
final class DataKeyTable {

    private static final String INSERT =
            "INSERT INTO migration.secret_keys (id, wrapped, master_id, activated_at, retired_at, swept_at)"
                    + " VALUES (?, ?, ?, %s) ON CONFLICT DO NOTHING";

    /** The key id and how many credentials of servers name it, by key id. */
    private static final String SEALED = """
            (SELECT substr(value, %1$d, 8) AS id, count(*) AS sealed
             FROM (SELECT password AS value FROM database_servers UNION ALL SELECT api_key FROM database_servers) AS v
             WHERE starts_with(value, '%2$s') GROUP BY 1) AS s
            """.formatted(SecretBox.FORM.length() + 1, SecretBox.FORM);

    /** A data key as the database keeps it. @param isActive whether what is sealed from now on is sealed by it */
    record StoredKey(String id, String wrapped, String masterId, boolean isActive) {}

    private DataKeyTable() {}

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
                AeadKey opened = open(key, masters);
                if (!key.masterId().equals(masters.currentId())) {
                    wrapAgain(transaction, key, opened, masters);
                }
            }
            return null;
        });
    }

    /** Of two nodes that start at once the second waits, and finds what the first made. */
    private static void begin(Connection connection, MasterKeys masters) throws SQLException {
        if (read(connection).isEmpty()) {
            insert(connection, AeadKey.generate(), masters, "now(), NULL, now()");
        }
    }

    private static AeadKey open(StoredKey key, MasterKeys masters) {
        try {
            return masters.unwrap(key).orElseThrow(SecretException::new);
        } catch (SecretException another) {
            throw new SettingException(
                    SecretKey.NAME + " is not the key this database was used with: to change it, set the"
                            + " one before as " + SecretKey.PREVIOUS + ".");
        }
    }

    private static void wrapAgain(Connection connection, StoredKey key, AeadKey opened, MasterKeys masters)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE migration.secret_keys SET wrapped = ?, master_id = ? WHERE id = ? AND wrapped = ?")) {
            update.setString(1, masters.wrap(opened));
            update.setString(2, masters.currentId());
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
    static String announce(Connection connection, MasterKeys masters) throws SQLException {
        if (read(connection).stream().anyMatch(key -> !key.masterId().equals(masters.currentId()))) {
            throw new IllegalStateException("Another node has a newer " + SecretKey.NAME
                    + ", which wraps all keys: start this node with it, too, and rotate then");
        }
        while (true) {
            AeadKey key = AeadKey.generate();
            if (insert(connection, key, masters, "NULL, NULL, NULL")) {
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

    private static boolean insert(Connection connection, AeadKey key, MasterKeys masters, String times)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT.formatted(times))) {
            insert.setString(1, key.id());
            insert.setString(2, masters.wrap(key));
            insert.setString(3, masters.currentId());
            return insert.executeUpdate() == 1;
        }
    }

    /** Newest first; a key that has left nothing but its id, last. */
    static List<SecretKeyView.Key> use(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(k.id, s.id), created_at, activated_at, retired_at, coalesce(sealed, 0) FROM migration.secret_keys AS k FULL JOIN "
                                + SEALED
                                + " ON s.id = k.id ORDER BY created_at DESC NULLS LAST, activated_at DESC NULLS LAST, 1")) {
            List<SecretKeyView.Key> keys = new ArrayList<>();
            while (row.next()) {
                keys.add(new SecretKeyView.Key(
                        row.getString(1), instant(row, 2), instant(row, 3), instant(row, 4), row.getLong(5)));
            }
            return keys;
        }
    }

    /** How many credentials are sealed by any other key. */
    static long sealedByOthers(Connection connection, String keyId) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT coalesce(sum(sealed), 0) FROM " + SEALED + " WHERE id <> ?")) {
            query.setString(1, keyId);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
