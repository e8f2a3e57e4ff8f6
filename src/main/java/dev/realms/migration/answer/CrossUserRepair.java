package dev.realms.migration.answer;

import dev.realms.migration.answer.PreflightAnswers.Answer;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.ContinueCheck;
import dev.realms.ops.Transactions;
import dev.realms.sql.Sql;
import dev.realms.sql.Untyped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Does what was answered about rows that refer to another user's, in portions of one transaction each, and writes every change into the ledger. */
public final class CrossUserRepair {

    private static final int ROWS = 500;

    private static final String REASSIGN = """
            WITH portion AS (
              SELECT t.id, t.user_id, r.user_id AS new_user_id, r.realm_id AS new_realm_id, %4$s AS suffix,
                     coalesce((%3$s LIMIT 1), ?) AS finding
              FROM %2$s AND t.id = ANY (?)),
            changed AS (
              UPDATE %1$s AS t SET user_id = p.new_user_id, realm_id = p.new_realm_id%5$s
              FROM portion AS p WHERE t.id = p.id RETURNING p.*),
            noted AS (
              INSERT INTO migration.ledger (table_name, row_id, act, column_name, old_value, new_value, finding)
              SELECT '%1$s', id, 'reassign', 'user_id', user_id::text, new_user_id::text, finding FROM changed
              UNION ALL SELECT '%1$s', id, 'reassign', 'pre_realm_name', NULL, suffix, finding FROM changed WHERE suffix <> '')
            SELECT count(*), 0 FROM changed
            """;

    private static final String DETACH = """
            WITH portion AS (
              SELECT t.id, t.user_id, t.realm_id, r.id AS target_id, %5$s AS stand_in, ? AS finding
              FROM %2$s AND t.id = ANY (?)),
            made AS (%6$s),
            changed AS (
              UPDATE %1$s AS t SET %4$s = p.stand_in FROM portion AS p WHERE t.id = p.id RETURNING p.*),
            noted AS (
              INSERT INTO migration.ledger (table_name, row_id, act, column_name, old_value, new_value, finding)
              SELECT '%3$s', made.id, 'made', NULL, NULL, NULL, (SELECT finding FROM portion LIMIT 1) FROM made
              UNION ALL SELECT '%1$s', id, 'detach', '%4$s', target_id::text, stand_in::text, finding FROM changed)
            SELECT (SELECT count(*) FROM changed), (SELECT count(*) FROM made)
            """;

    private final Connection connection;
    private final ContinueCheck check;

    /** How many rows were changed, and how many were made to stand in for others. */
    private record Counts(long changed, long made) {}

    /** @param connection in auto-commit mode */
    public CrossUserRepair(Connection connection, ContinueCheck check) {
        this.connection = connection;
        this.check = check;
    }

    /** @return whether it came to its end */
    public boolean run(PreflightAnswers answers) throws SQLException {
        for (CrossUserReference reference : CrossUserReference.ALL) {
            // To find what hangs on others whole tables are read: only where something was handed over.
            boolean goesOn = (!somethingWasHandedOver() || all(reference, Answer.REASSIGN, true))
                    && all(reference, answers.to(reference.finding(), Answer.REFUSE), false);
            if (!goesOn) {
                return false;
            }
        }
        return true;
    }

    private boolean somethingWasHandedOver() throws SQLException {
        return Sql.exists(connection, "migration.ledger WHERE act = 'reassign'");
    }

    private boolean all(CrossUserReference reference, Answer answer, boolean handedOver) throws SQLException {
        if (answer == Answer.REFUSE) {
            return true;
        }
        long changed = 0;
        long made = 0;
        boolean goesOn = true;
        List<String> ids = next(reference, handedOver, null);
        while (!ids.isEmpty() && (goesOn = check.goesOn())) {
            List<String> portion = ids;
            Counts counts = Transactions.runPatiently(connection, transaction -> change(reference, answer, portion));
            changed += counts.changed();
            made += counts.made();
            ids = next(reference, handedOver, ids.get(ids.size() - 1));
        }
        if (changed > 0) {
            note(reference, answer, handedOver, changed, made);
        }
        return goesOn;
    }

    /** @param handedOver those that hang on what they refer to, or the others */
    private List<String> next(CrossUserReference reference, boolean handedOver, String after) throws SQLException {
        String sql = "SELECT t.id FROM %s AND %s EXISTS (%s) AND %s ORDER BY t.id LIMIT %d"
                .formatted(
                        reference.rows(),
                        handedOver ? "" : "NOT",
                        reference.handedOverBy(),
                        after == null ? "true" : "t.id > ?",
                        ROWS);
        return after == null ? Sql.texts(connection, sql) : Sql.texts(connection, sql, new Untyped(after));
    }

    private Counts change(CrossUserReference reference, Answer answer, List<String> ids) throws SQLException {
        Untyped portion = Untyped.array(ids);
        // The migration's own session is not noted; these changes are to be.
        Sql.execute(connection, "SET LOCAL realms.migration = 'off'");
        Sql.list(
                connection,
                row -> null,
                "SELECT FROM " + reference.table() + " WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE",
                portion);
        return Sql.first(
                        connection,
                        row -> new Counts(row.getLong(1), row.getLong(2)),
                        sql(connection, reference, answer),
                        reference.finding(),
                        portion)
                .orElseThrow();
    }

    private static String sql(Connection connection, CrossUserReference reference, Answer answer) throws SQLException {
        String sql = answer == Answer.DETACH
                ? DETACH.formatted(
                        reference.table(),
                        reference.rows(),
                        reference.target(),
                        reference.column(),
                        reference.standIn(),
                        reference.make())
                : REASSIGN.formatted(
                        reference.table(),
                        reference.rows(),
                        reference.handedOverBy(),
                        reference.suffix(),
                        reference.hasSuffix() ? ", pre_realm_name = t.pre_realm_name || p.suffix" : "");
        return sql.replace(CrossUserReference.ID_TYPE, Sql.typeOf(connection, "users", "id"))
                .replace(CrossUserReference.STATE_TYPE, Sql.typeOf(connection, "documents", "state"));
    }

    private void note(CrossUserReference reference, Answer answer, boolean handedOver, long changed, long made)
            throws SQLException {
        JsonObject counts = Json.createObjectBuilder()
                .add("finding", reference.finding())
                .add("answer", answer.text())
                .add("followed", handedOver)
                .add("changed", changed)
                .add("made", made)
                .build();
        new AuditEntry(AuditEntry.SYSTEM, "answer", counts).write(connection, "changed");
    }
}
