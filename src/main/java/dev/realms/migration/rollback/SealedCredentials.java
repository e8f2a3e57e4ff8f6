package dev.realms.migration.rollback;

import dev.realms.security.secret.SecretBox;
import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.security.secret.SecretBox.SecretException;
import dev.realms.sql.FoundRows;
import dev.realms.sql.Sql;
import dev.realms.sql.Untyped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Gives the servers' credentials back in plain, since the pre-realm application reads them so. */
final class SealedCredentials {

    private static final List<String> FIELDS = List.of("password", "api_key");

    private static final String SEALED = """
            SELECT t.realm_id, t.id, %1$s FROM database_servers AS t
            WHERE starts_with(%1$s, 'realms:v1:') AND %2$s
            """;

    /** Whoever changes a value meanwhile wins. */
    private static final String REPLACE = """
            WITH replaced AS (
              UPDATE database_servers AS s SET %1$s = v.plain FROM unnest(?::uuid[], ?::%2$s[], ?::text[], ?::text[]) AS v (realm_id, id, sealed, plain)
              WHERE s.realm_id = v.realm_id AND s.id = v.id AND s.%1$s = v.sealed RETURNING s.id, v.sealed)
            INSERT INTO realms_archive.credentials AS c (id, field, sealed) SELECT id, '%1$s', sealed FROM replaced
            ON CONFLICT (id, field) DO UPDATE SET sealed = excluded.sealed
            """;

    private static final String REPLACED = """
            SELECT t.realm_id, t.id, c.sealed, t.%1$s FROM database_servers AS t
            JOIN realms_archive.credentials AS c ON c.id = t.id AND c.field = '%1$s' WHERE t.%1$s IS NOT NULL AND %2$s
            """;

    private static final String TAKE_BACK = """
            WITH back AS (
              UPDATE database_servers AS s SET %1$s = v.sealed FROM unnest(?::uuid[], ?::%2$s[], ?::text[], ?::text[]) AS v (realm_id, id, sealed, plain)
              WHERE s.realm_id = v.realm_id AND s.id = v.id AND s.%1$s = v.plain RETURNING s.id)
            DELETE FROM realms_archive.credentials AS c USING back WHERE c.id = back.id AND c.field = '%1$s'
            """;

    private final Connection connection;
    private final SecretBox box;

    /** @param unreadable the servers of values that were changed or moved, so that no key opens them */
    record Examined(long sealed, long withoutKey, FoundRows unreadable) {

        /** What a rollback refuses without, in one sentence. */
        Optional<String> missingKey() {
            return withoutKey == 0
                    ? Optional.empty()
                    : Optional.of(
                            "%d credentials are sealed by a key that this node does not have: set realms.secret-key, and ask for the rollback again."
                                    .formatted(withoutKey));
        }
    }

    private record Credential(UUID realmId, String id, String sealed, String plain) {}

    SealedCredentials(Connection connection, SecretBox box) {
        this.connection = connection;
        this.box = box;
    }

    Examined examine() throws SQLException {
        long sealed = 0;
        long withoutKey = 0;
        List<String> unreadable = new ArrayList<>();
        for (String field : FIELDS) {
            for (Credential credential : read(SEALED.formatted(field, "true"), field)) {
                sealed++;
                if (!box.hasKeyOf(credential.sealed())) {
                    withoutKey++;
                } else if (credential.plain() == null) {
                    unreadable.add(credential.id());
                }
            }
        }
        return new Examined(
                sealed,
                withoutKey,
                new FoundRows(
                        unreadable.size(),
                        unreadable.stream().sorted().limit(Rollback.NAMED_ROWS).toList()));
    }

    void giveBack(RollbackListener listener) throws SQLException {
        sweep(listener, SEALED, REPLACE);
    }

    /** Of those that are what was given back; another value is the application's. */
    void takeBack(RollbackListener listener) throws SQLException {
        sweep(listener, REPLACED, TAKE_BACK);
    }

    private void sweep(RollbackListener listener, String query, String update) throws SQLException {
        String idType = Sql.typeOf(connection, "database_servers", "id");
        for (String field : FIELDS) {
            String replace = update.formatted(field, idType);
            new BlockSweep(connection, listener)
                    .run("database_servers", range -> replace(replace, read(query.formatted(field, range), field)));
        }
    }

    private List<Credential> read(String query, String field) throws SQLException {
        return Sql.list(connection, row -> credential(row, field), query);
    }

    /** In plain, or with null where no key opens it: it stays as it is. */
    private Credential credential(ResultSet row, String field) throws SQLException {
        UUID realmId = row.getObject(1, UUID.class);
        String id = row.getString(2);
        String sealed = row.getString(3);
        try {
            return new Credential(realmId, id, sealed, box.open(sealed, AssociatedData.ofField(realmId, id, field)));
        } catch (SecretException changed) {
            return new Credential(realmId, id, sealed, null);
        }
    }

    private long replace(String sql, List<Credential> found) throws SQLException {
        List<Credential> open =
                found.stream().filter(credential -> credential.plain() != null).toList();
        return open.isEmpty()
                ? 0
                : Sql.update(
                        connection,
                        sql,
                        column(open, Credential::realmId).toArray(UUID[]::new),
                        Untyped.array(column(open, Credential::id)),
                        column(open, Credential::sealed).toArray(String[]::new),
                        column(open, Credential::plain).toArray(String[]::new));
    }

    private static <T> List<T> column(List<Credential> credentials, Function<Credential, T> value) {
        return credentials.stream().map(value).toList();
    }
}
