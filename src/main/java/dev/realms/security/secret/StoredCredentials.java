package dev.realms.security.secret;

import dev.realms.ops.Transactions;
import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.security.secret.SecretBox.SecretException;
import dev.realms.sql.Sql;
import dev.realms.sql.Untyped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * Passwords and keys of servers as they stand in the table: plain ones, which are pre-realm, and sealed ones. Goes through all servers
 * and writes their credentials in another form. A value is replaced only if it is still the one that was read: whoever changes it
 * meanwhile wins. Nothing else of the row changes. Until the migration is finalised this is a change of a pre-realm column, and is
 * noted as one.
 */
public final class StoredCredentials {

    private static final int ROWS = 200;

    private static final List<String> FIELDS = List.of("password", "api_key");

    private static final String IS_PLAIN = "NOT starts_with(%1$s, '" + SecretBox.FORM + "')";

    private static final String NEXT = """
            SELECT realm_id, id, password, api_key FROM database_servers
            WHERE (realm_id, id) > (?, ?) AND (%s OR %s) ORDER BY realm_id, id LIMIT %d
            """;

    private static final String REPLACE = """
            UPDATE database_servers AS s SET %1$s = v.new FROM unnest(?::uuid[], ?::%2$s[], ?::text[], ?::text[]) AS v (realm_id, id, old, new)
            WHERE s.realm_id = v.realm_id AND s.id = v.id AND s.%1$s = v.old
            """;

    private final Connection connection;
    private final Form form;
    private long changed;
    private long overtaken;
    private final List<String> unreadable = new ArrayList<>();

    /**
     * What is to become of the values.
     *
     * @param condition SQL that is true where the value of a column, {@code %1$s}, has not the form yet
     * @param isToDo the same of a value
     * @param seal fails with a {@link SecretException} where the value can't be read
     */
    private record Form(String condition, Predicate<String> isToDo, BiFunction<String, AssociatedData, String> seal) {}

    /** @param overtaken values that somebody else changed meanwhile; @param unreadable the ids of servers with a value that no key opens */
    public record Result(long changed, long overtaken, List<String> unreadable) {}

    private record Row(UUID realmId, String id, List<String> fields) {}

    private record Replacement(UUID realmId, String id, String old, String written) {}

    private StoredCredentials(Connection connection, Form form) {
        this.connection = connection;
        this.form = form;
    }

    /** How many plain ones there are. */
    public static long countPlain(Connection connection) throws SQLException {
        return Sql.number(
                connection,
                "SELECT count(*) FILTER (WHERE %s) + count(*) FILTER (WHERE %s) FROM database_servers"
                        .formatted(IS_PLAIN.formatted("password"), IS_PLAIN.formatted("api_key")));
    }

    /**
     * Seals the plain ones; can be broken off and done again at any time.
     *
     * @param connection in auto-commit mode: a portion is one transaction for each field
     * @param progress told how many values have been sealed
     * @throws IllegalStateException on a node that has no master key
     */
    public static Result sealPlain(Connection connection, SecretBox box, LongConsumer progress) throws SQLException {
        Form sealed = new Form(IS_PLAIN, value -> !SecretBox.isSealed(value), box::seal);
        return new StoredCredentials(connection, sealed).run(progress);
    }

    /** Seals all that are sealed by other keys by this one, in the same way. */
    static Result reseal(Connection connection, SecretBox box, String keyId, LongConsumer progress)
            throws SQLException {
        String byThisKey = SecretBox.formOf(keyId);
        Form resealed = new Form(
                "starts_with(%1$s, '" + SecretBox.FORM + "') AND NOT starts_with(%1$s, '" + byThisKey + "')",
                value -> SecretBox.isSealed(value) && !value.startsWith(byThisKey),
                (value, associated) -> box.sealAgain(value, associated, keyId));
        return new StoredCredentials(connection, resealed).run(progress);
    }

    private Result run(LongConsumer progress) throws SQLException {
        String idType = Sql.typeOf(connection, "database_servers", "id");
        UUID nil = new UUID(0, 0);
        // No realm has this id: the row's can be any.
        List<Row> rows = next(nil, nil.toString());
        while (!rows.isEmpty()) {
            for (int i = 0; i < FIELDS.size(); i++) {
                replace(REPLACE.formatted(FIELDS.get(i), idType), replacements(rows, i));
            }
            progress.accept(changed);
            Row last = rows.get(rows.size() - 1);
            rows = next(last.realmId(), last.id());
        }
        return new Result(changed, overtaken, List.copyOf(unreadable));
    }

    private List<Replacement> replacements(List<Row> rows, int field) {
        List<Replacement> replacements = new ArrayList<>();
        for (Row row : rows) {
            String old = row.fields().get(field);
            if (old != null && form.isToDo().test(old)) {
                try {
                    AssociatedData associated = AssociatedData.ofField(row.realmId(), row.id(), FIELDS.get(field));
                    replacements.add(new Replacement(
                            row.realmId(), row.id(), old, form.seal().apply(old, associated)));
                } catch (SecretException unreadableValue) {
                    unreadable.add(row.id());
                }
            }
        }
        return replacements;
    }

    private void replace(String sql, List<Replacement> values) throws SQLException {
        if (values.isEmpty()) {
            return;
        }
        int done = Transactions.runPatiently(connection, transaction -> {
            return Sql.update(
                    transaction,
                    sql,
                    column(values, Replacement::realmId).toArray(UUID[]::new),
                    Untyped.array(column(values, Replacement::id)),
                    column(values, Replacement::old).toArray(String[]::new),
                    column(values, Replacement::written).toArray(String[]::new));
        });
        changed += done;
        overtaken += values.size() - done;
    }

    private static <T> List<T> column(List<Replacement> values, Function<Replacement, T> member) {
        return values.stream().map(member).toList();
    }

    private List<Row> next(UUID realmId, String id) throws SQLException {
        String sql = NEXT.formatted(
                form.condition().formatted(FIELDS.get(0)), form.condition().formatted(FIELDS.get(1)), ROWS);
        return Sql.list(
                connection,
                row -> new Row(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        Arrays.asList(row.getString(3), row.getString(4))),
                sql,
                realmId,
                new Untyped(id));
    }
}
