package dev.realms.secret;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * Goes through all servers once and seals their credentials by another key. A value is replaced only if it is still the one that was
 * read: whoever changes it meanwhile wins. Nothing else of the row changes. Until the migration is finalised this is a change of a
 * column from before realms, and the ledger notes it as one. Plain values are left alone.
 */
final class Resealing {

    private static final int ROWS = 200;
    private static final int TRIES = 20;

    /** Lock timeout, deadlock, serialization failure. */
    private static final Set<String> WORTH_ANOTHER_TRY = Set.of("55P03", "40P01", "40001");

    private static final List<String> FIELDS = List.of("password", "api_key");

    private static final String NEXT = """
            SELECT realm_id, id, password, api_key FROM database_servers
            WHERE (realm_id, id) > (?, ?) AND (%s OR %s) ORDER BY realm_id, id LIMIT %d
            """.formatted(isOlder("password"), isOlder("api_key"), ROWS);

    private static final String REPLACE = """
            UPDATE database_servers AS s SET %1$s = v.new FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[]) AS v (realm_id, id, old, new)
            WHERE s.realm_id = v.realm_id AND s.id = v.id AND s.%1$s = v.old
            """;

    private final Connection connection;
    private final SecretBox box;
    private final String keyId;
    private long resealed;
    private long overtaken;
    private final List<String> unreadable = new ArrayList<>();

    /** @param overtaken values that somebody else changed meanwhile; @param unreadable the ids of servers with a value that no key opens */
    record Result(long resealed, long overtaken, List<String> unreadable) {}

    private record Row(UUID realmId, UUID id, List<String> fields) {}

    private record Replacement(UUID realmId, UUID id, String old, String sealed) {}

    private Resealing(Connection connection, SecretBox box, String keyId) {
        this.connection = connection;
        this.box = box;
        this.keyId = keyId;
    }

    /**
     * @param connection in auto-commit mode: a portion is one transaction for each field
     * @param progress told how many values have been sealed again
     */
    static Result run(Connection connection, SecretBox box, String keyId, LongConsumer progress) throws SQLException {
        return new Resealing(connection, box, keyId).run(progress);
    }

    private Result run(LongConsumer progress) throws SQLException {
        UUID nil = new UUID(0, 0);
        List<Row> rows = next(nil, nil);
        while (!rows.isEmpty()) {
            for (int i = 0; i < FIELDS.size(); i++) {
                replace(FIELDS.get(i), replacements(rows, i));
            }
            progress.accept(resealed);
            Row last = rows.get(rows.size() - 1);
            rows = next(last.realmId(), last.id());
        }
        return new Result(resealed, overtaken, List.copyOf(unreadable));
    }

    private List<Replacement> replacements(List<Row> rows, int field) {
        List<Replacement> replacements = new ArrayList<>();
        for (Row row : rows) {
            String old = row.fields().get(field);
            if (SecretBox.isSealed(old) && !old.startsWith(SecretBox.formOf(keyId))) {
                try {
                    SecretPlace place = SecretPlace.field(row.realmId(), row.id(), FIELDS.get(field));
                    replacements.add(new Replacement(row.realmId(), row.id(), old, box.sealAgain(old, place, keyId)));
                } catch (SecretException changed) {
                    unreadable.add(row.id().toString());
                }
            }
        }
        return replacements;
    }

    private void replace(String field, List<Replacement> values) throws SQLException {
        if (values.isEmpty()) {
            return;
        }
        for (int attempt = 1; ; attempt++) {
            try (PreparedStatement update = connection.prepareStatement(REPLACE.formatted(field))) {
                update.setArray(
                        1,
                        array("uuid", values.stream().map(Replacement::realmId).toArray()));
                update.setArray(
                        2, array("uuid", values.stream().map(Replacement::id).toArray()));
                update.setArray(
                        3, array("text", values.stream().map(Replacement::old).toArray()));
                update.setArray(
                        4,
                        array("text", values.stream().map(Replacement::sealed).toArray()));
                int done = update.executeUpdate();
                resealed += done;
                overtaken += values.size() - done;
                return;
            } catch (SQLException fault) {
                if (!WORTH_ANOTHER_TRY.contains(fault.getSQLState()) || attempt == TRIES) {
                    throw fault;
                }
            }
        }
    }

    private java.sql.Array array(String type, Object[] values) throws SQLException {
        return connection.createArrayOf(type, values);
    }

    private List<Row> next(UUID realmId, UUID id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(NEXT)) {
            query.setObject(1, realmId);
            query.setObject(2, id);
            query.setString(3, SecretBox.formOf(keyId));
            query.setString(4, SecretBox.formOf(keyId));
            try (ResultSet row = query.executeQuery()) {
                List<Row> rows = new ArrayList<>();
                while (row.next()) {
                    rows.add(new Row(
                            row.getObject(1, UUID.class),
                            row.getObject(2, UUID.class),
                            java.util.Arrays.asList(row.getString(3), row.getString(4))));
                }
                return rows;
            }
        }
    }

    private static String isOlder(String field) {
        return "starts_with(%1$s, '%2$s') AND NOT starts_with(%1$s, ?)".formatted(field, SecretBox.FORM);
    }
}
