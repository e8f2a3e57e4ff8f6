package dev.realms.migration.finalize;

import dev.realms.apikey.ApiKeyFormat;
import dev.realms.ops.Transactions;
import dev.realms.sql.Sql;
import dev.realms.sql.Untyped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Pre-realm API keys, which stand in the table as their owners present them. */
final class PlainApiKeys {

    private static final String IS_PLAIN = "key !~ " + ApiKeyFormat.STORED;
    private static final int ROWS = 500;

    /** No realm has this id: the row's can be any. */
    private static final UUID FIRST = new UUID(0, 0);

    private static final String HASH = """
            WITH portion AS (
              SELECT realm_id, id FROM api_keys WHERE (realm_id, id) > (?, ?) AND %1$s ORDER BY realm_id, id LIMIT %2$d),
            hashed AS (
              UPDATE api_keys AS k SET key = api_key_hash(k.key) || ':' || replace(gen_random_uuid()::text, '-', '') FROM portion AS p
              WHERE k.realm_id = p.realm_id AND k.id = p.id AND k.%1$s RETURNING 1)
            SELECT realm_id, id, (SELECT count(*) FROM hashed) FROM portion ORDER BY realm_id DESC, id DESC LIMIT 1
            """.formatted(IS_PLAIN, ROWS);

    /** @param upTo its last key; @param done how many keys were hashed */
    private record HashedPortion(UUID realmId, String upTo, long done) {}

    private PlainApiKeys() {}

    static long count(Connection connection) throws SQLException {
        return Sql.count(connection, "api_keys WHERE " + IS_PLAIN);
    }

    /**
     * Puts its hash in the place of each. Nothing else of the row changes, and the key goes on opening its realm. Can be broken off and
     * done again at any time.
     *
     * @param connection in auto-commit mode
     * @param progress told how many have been hashed, after each portion
     */
    static long hash(Connection connection, LongConsumer progress) throws SQLException {
        long done = 0;
        Optional<HashedPortion> last = Optional.of(new HashedPortion(FIRST, FIRST.toString(), 0));
        while (last.isPresent()) {
            HashedPortion before = last.get();
            last = Transactions.runPatiently(connection, transaction -> hashAfter(transaction, before));
            done += last.map(HashedPortion::done).orElse(0L);
            progress.accept(done);
        }
        return done;
    }

    private static Optional<HashedPortion> hashAfter(Connection connection, HashedPortion before) throws SQLException {
        return Sql.first(
                connection,
                row -> new HashedPortion(row.getObject(1, UUID.class), row.getString(2), row.getLong(3)),
                HASH,
                before.realmId(),
                new Untyped(before.upTo()));
    }
}
