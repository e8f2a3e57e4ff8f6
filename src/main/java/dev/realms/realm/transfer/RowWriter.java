package dev.realms.realm.transfer;

import dev.realms.realm.isolation.TransactionConnection;
import dev.realms.sql.ColumnNames;
import dev.realms.sql.Untyped;
import dev.realms.web.json.RecordType;
import dev.realms.web.problem.ConstraintProblems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Inserts rows into the open realm, many in a statement: what counts documents does so once for each. A line's members are the columns. */
final class RowWriter {

    private static final int AT_ONCE = 500;

    private final TransactionConnection transaction;
    private final UUID realmId;
    private final String userId;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private RowKind kind;

    RowWriter(TransactionConnection transaction, UUID realmId, String userId) {
        this.transaction = transaction;
        this.realmId = realmId;
        this.userId = userId;
    }

    /** Rows of one kind come one after the other, if it is to be fast. */
    void add(RowLine row) {
        if (rows.size() == AT_ONCE || row.rowKind() != kind) {
            flush();
            kind = row.rowKind();
        }
        Map<String, Object> values = RecordType.values((Record) row);
        values.remove("kind");
        rows.add(values);
    }

    /** Inserts what has been added and is not there yet. */
    void flush() {
        if (rows.isEmpty()) {
            return;
        }
        List<String> members = List.copyOf(rows.get(0).keySet());
        String row = "(" + String.join(", ", Collections.nCopies(members.size() + 2, "?")) + ")";
        String sql = "INSERT INTO realms.%s (realm_id, user_id, %s) VALUES %s"
                .formatted(
                        kind.table(),
                        members.stream().map(ColumnNames::of).collect(Collectors.joining(", ")),
                        String.join(", ", Collections.nCopies(rows.size(), row)));
        List<Object> parameters = new ArrayList<>();
        for (Map<String, Object> values : rows) {
            parameters.add(realmId);
            parameters.add(new Untyped(userId));
            members.forEach(member -> parameters.add(parameter(values.get(member))));
        }
        ConstraintProblems.explain(() -> {
            transaction.call(sql, parameters.toArray());
            return true;
        });
        rows.clear();
    }

    private static Object parameter(Object value) {
        if (value instanceof Instant instant) {
            return Untyped.of(instant);
        }
        return value instanceof String || value instanceof Enum ? new Untyped(value.toString()) : value;
    }
}
