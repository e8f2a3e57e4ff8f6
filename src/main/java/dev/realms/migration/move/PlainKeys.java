package dev.realms.migration.move;

import dev.realms.ops.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

/** API keys from before realms, which stand in the table as their owners present them. */
public final class PlainKeys {

    private static final String IS_PLAIN = "key !~ '^sha256:[0-9a-f]{64}:[0-9a-f]{32}$'";

    private static final int ROWS = 500;

    private static final String HASH = """
            WITH portion AS (
              SELECT realm_id, id FROM api_keys WHERE (realm_id, id) > (?, ?) AND %1$s ORDER BY realm_id, id LIMIT %2$d),
            hashed AS (
              UPDATE api_keys AS k SET key = api_key_hash(k.key) || ':' || replace(gen_random_uuid()::text, '-', '') FROM portion AS p
              WHERE k.realm_id = p.realm_id AND k.id = p.id AND k.%1$s RETURNING 1)
            SELECT realm_id, id, (SELECT count(*) FROM hashed) FROM portion ORDER BY realm_id DESC, id DESC LIMIT 1
            """.formatted(IS_PLAIN, ROWS);

    /** @param upTo its last key; @param done how many keys were hashed */
    private record Hashed(UUID realmId, UUID upTo, long done) {}

    private PlainKeys() {}

    public static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM api_keys WHERE " + IS_PLAIN)) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Puts its hash in the place of each. Nothing else of the row changes, and the key goes on opening its realm. Can be broken off and
     * done again at any time.
     *
     * @param connection in auto-commit mode
     * @param progress told how many have been hashed, after each portion
     */
    public static long hash(Connection connection, LongConsumer progress) throws SQLException {
        long done = 0;
        Optional<Hashed> last = Optional.of(new Hashed(KeyRange.START, KeyRange.START, 0));
        while (last.isPresent()) {
            Hashed before = last.get();
            last = Transactions.runPatiently(connection, transaction -> hash(transaction, before));
            done += last.map(Hashed::done).orElse(0L);
            progress.accept(done);
        }
        return done;
    }

    private static Optional<Hashed> hash(Connection connection, Hashed before) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(HASH)) {
            update.setObject(1, before.realmId());
            update.setObject(2, before.upTo());
            try (ResultSet row = update.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Hashed(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getLong(3)))
                        : Optional.empty();
            }
        }
    }
}
