package dev.realms.migration.catalogue;

import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.answer.PreflightAnswers.Answer;
import dev.realms.ops.Transactions;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Triggers of the installation's own that would fire when a row gets its realm, made to fire for everybody but the migration, by a condition
 * of theirs. They are what they were once nothing is moved any more, to either side. Each has a transaction of its own, in which its lock is
 * held for an instant.
 */
public final class TriggerSuspension {

    private static final String FINDING = "trigger-on-update";

    private static final String CONDITION = "current_setting('realms.migration', true) IS DISTINCT FROM 'on'";

    private static final String SUSPENDED = """
            SELECT table_name, trigger_name, definition, tgenabled FROM migration.suspended_triggers
            LEFT JOIN pg_trigger AS t ON tgrelid = to_regclass(table_name) AND tgname = trigger_name AND pg_get_triggerdef(t.oid) = suspended
            ORDER BY 1, 2
            """;

    /** @param enabled as the catalogue has it; null where somebody has dropped or changed the trigger */
    private record Trigger(String table, String name, String definition, String enabled) {

        /** With the migration's statements left out, whatever else the condition is. */
        String suspended() {
            int condition = end("FOR EACH ROW ", "FOR EACH STATEMENT ");
            String head = definition.substring(0, condition);
            String tail = definition.substring(condition);
            int function = tail.lastIndexOf(") EXECUTE FUNCTION ");
            return tail.startsWith("WHEN (")
                    ? head + "WHEN (" + CONDITION + " AND " + tail.substring("WHEN ".length(), function + 1)
                            + tail.substring(function)
                    : head + "WHEN (" + CONDITION + ") " + tail;
        }

        private int end(String... words) {
            for (String word : words) {
                int begin = definition.indexOf(word);
                if (begin >= 0) {
                    return begin + word.length();
                }
            }
            throw new IllegalStateException("A trigger is defined as " + definition);
        }

        /** Whether it fires always or only for some is not in its definition. */
        void replaceBy(Connection transaction, String sql) throws SQLException {
            Sql.execute(transaction, sql.replaceFirst("^CREATE TRIGGER", "CREATE OR REPLACE TRIGGER"));
            String firing = switch (enabled) {
                case "A" -> "ENABLE ALWAYS";
                case "R" -> "ENABLE REPLICA";
                case "D" -> "DISABLE";
                default -> "ENABLE";
            };
            Sql.execute(
                    transaction,
                    "ALTER TABLE " + table + " " + firing + " TRIGGER \"" + name.replace("\"", "\"\"") + "\"");
        }
    }

    private TriggerSuspension() {}

    /** Where the operator has chosen that; can be run again after any crash. */
    public static void suspend(Connection connection, PreflightAnswers answers) throws SQLException {
        if (answers.to(FINDING, Answer.REFUSE) == Answer.SUSPEND) {
            String query = AdoptedTables.query(TriggerQuestions.TO_BE_SUSPENDED, "");
            for (Trigger trigger : list(connection, query)) {
                Transactions.runPatiently(connection, transaction -> {
                    trigger.replaceBy(transaction, trigger.suspended());
                    return Sql.update(
                            transaction,
                            """
                            INSERT INTO migration.suspended_triggers
                            SELECT ?, ?, ?, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = ?::regclass AND tgname = ?
                            """,
                            trigger.table(),
                            trigger.name(),
                            trigger.definition(),
                            trigger.table(),
                            trigger.name());
                });
            }
        }
    }

    /** Makes them what they were. What somebody has changed meanwhile stays as it is. */
    public static void resume(Connection connection) throws SQLException {
        if (Sql.is(connection, "to_regclass('migration.suspended_triggers') IS NOT NULL")) {
            for (Trigger trigger : list(connection, SUSPENDED)) {
                Transactions.runPatiently(connection, transaction -> {
                    if (trigger.enabled() != null) {
                        trigger.replaceBy(transaction, trigger.definition());
                    }
                    return Sql.update(
                            transaction,
                            "DELETE FROM migration.suspended_triggers WHERE table_name = ? AND trigger_name = ?",
                            trigger.table(),
                            trigger.name());
                });
            }
        }
    }

    private static List<Trigger> list(Connection connection, String query) throws SQLException {
        return Sql.list(
                connection,
                row -> new Trigger(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                query);
    }
}
