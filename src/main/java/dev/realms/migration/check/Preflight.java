package dev.realms.migration.check;

import dev.realms.migration.answer.Answer;
import dev.realms.migration.answer.Answers;
import dev.realms.migration.answer.Ledger;
import dev.realms.ops.Snapshots;
import dev.realms.settings.SettingException;
import dev.realms.settings.Settings;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.FieldError;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks at everything that could get in the way of the migration, in one snapshot, and changes nothing. */
public final class Preflight {

    private static final String NO_DEFAULT_REALM =
            "NOT EXISTS (SELECT FROM realms WHERE user_id = users.id AND is_default)";

    private Preflight() {}

    /** @throws DomainException as {@link #answers(Map)} */
    public static Answers answers(JsonObject json) {
        Map<String, String> given = new TreeMap<>();
        json.forEach((code, value) -> given.put(code, value instanceof JsonString text ? text.getString() : ""));
        return answers(given);
    }

    /**
     * What an operator wants done about findings, by their codes.
     *
     * @throws DomainException {@code validation}, with every answer that is none
     */
    public static Answers answers(Map<String, String> given) {
        Map<String, Answer> answers = new TreeMap<>();
        List<FieldError> errors = new ArrayList<>();
        given.forEach((code, text) -> {
            List<Answer> possible = Questions.find(code).map(Questions::answers).orElse(List.of());
            Answer.of(text)
                    .filter(possible::contains)
                    .ifPresentOrElse(
                            chosen -> answers.put(code, chosen),
                            () -> errors.add(new FieldError(
                                    "answers",
                                    possible.isEmpty()
                                            ? "must name findings of the preflight"
                                            : "must have one of %s for %s".formatted(texts(possible), code))));
        });
        if (!errors.isEmpty()) {
            throw DomainException.invalid(errors.stream().distinct().toList());
        }
        return new Answers(answers);
    }

    /** @throws SettingException when {@code realms.migration.answers} holds one that is none */
    public static Answers answers(Settings settings) {
        try {
            return answers(settings.migrationAnswers());
        } catch (DomainException wrong) {
            throw new SettingException(Settings.MIGRATION_ANSWERS + ": the " + wrong.getMessage());
        }
    }

    /** @param connection of the schema owner, in auto-commit mode */
    public static PreflightReport run(Connection connection, Answers answers) throws SQLException {
        boolean ledger = Ledger.isKept(connection);
        boolean expanded = isExpanded(connection);
        Map<String, Long> rows = new LinkedHashMap<>();
        Map<String, Long> left = new LinkedHashMap<>();
        List<Finding> findings = Snapshots.read(connection, statement -> {
            count(statement, expanded, rows, left);
            return ask(statement, ledger, answers);
        });
        boolean ready = findings.stream().noneMatch(Finding::blocks);
        if (!expanded) {
            return new PreflightReport(ready, rows, left, null, null, findings);
        }
        // Whose ledger was dropped has nothing to migrate any more.
        Forecast forecast = ledger ? Forecast.of(connection, rows, left) : Forecast.NOTHING_TO_DO;
        return new PreflightReport(ready, rows, left, forecast.seconds(), forecast, findings);
    }

    private static void count(Statement statement, boolean expanded, Map<String, Long> rows, Map<String, Long> left)
            throws SQLException {
        rows.put("users", count(statement, "users"));
        left.put("users", count(statement, expanded ? "users WHERE " + NO_DEFAULT_REALM : "users"));
        for (String table : Tables.OWNED) {
            rows.put(table, count(statement, table));
            left.put(table, count(statement, expanded ? table + " WHERE realm_id IS NULL" : table));
        }
    }

    private static List<Finding> ask(Statement statement, boolean ledger, Answers answers) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (Questions question : Questions.values()) {
            Finding finding = ask(statement, question, question.sql(ledger), answers);
            if (finding.count() > 0) {
                findings.add(finding);
            }
        }
        return List.copyOf(findings);
    }

    /** Both may be asked of a database that has never heard of realms, or not any more. */
    public static boolean isExpanded(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('public.realms') IS NOT NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static Finding ask(Statement statement, Questions question, String sql, Answers answers)
            throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT id, count(*) OVER () FROM (" + sql + ") AS found ORDER BY id LIMIT " + Check.NAMED_ROWS)) {
            List<String> ids = new ArrayList<>();
            long count = 0;
            while (row.next()) {
                ids.add(row.getString(1));
                count = row.getLong(2);
            }
            Answer answer = answers.to(question.code(), question.answers().get(0));
            return new Finding(
                    question.code(),
                    answer == Answer.REFUSE,
                    question.description(),
                    count,
                    ids,
                    texts(question.answers()),
                    answer.text());
        }
    }

    private static List<String> texts(List<Answer> answers) {
        return answers.stream().map(Answer::text).toList();
    }

    private static long count(Statement statement, String from) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + from)) {
            row.next();
            return row.getLong(1);
        }
    }
}
