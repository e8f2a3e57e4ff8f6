package dev.realms.migration.check;

import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.answer.PreflightAnswers.Answer;
import dev.realms.migration.catalogue.CatalogueQuestion;
import dev.realms.migration.catalogue.CatalogueQuestions;
import dev.realms.migration.check.PreflightReport.PreflightFinding;
import dev.realms.migration.schema.TablesInSight;
import dev.realms.ops.Snapshots;
import dev.realms.realm.isolation.RealmTables;
import dev.realms.settings.SettingException;
import dev.realms.settings.Settings;
import dev.realms.sql.FoundRows;
import dev.realms.sql.Sql;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.FieldError;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks at everything that could get in the way of the migration, in one snapshot, and changes nothing. */
public final class Preflight {

    private static final String NO_DEFAULT_REALM =
            "NOT EXISTS (SELECT FROM realms WHERE user_id = users.id AND is_default)";

    private Preflight() {}

    /** @throws DomainException as {@link #answers(Map)} */
    public static PreflightAnswers answers(JsonObject json) {
        Map<String, String> given = new TreeMap<>();
        json.forEach((code, value) -> given.put(code, value instanceof JsonString text ? text.getString() : ""));
        return answers(given);
    }

    /**
     * What an operator wants done about findings, by their codes.
     *
     * @throws DomainException {@code validation}, with every answer that is none
     */
    public static PreflightAnswers answers(Map<String, String> given) {
        Map<String, Answer> answers = new TreeMap<>();
        List<FieldError> errors = new ArrayList<>();
        given.forEach((code, text) -> {
            List<Answer> possible = possibleAnswers(code);
            Answer.of(text)
                    .filter(possible::contains)
                    .ifPresentOrElse(
                            chosen -> answers.put(code, chosen),
                            () -> errors.add(new FieldError(
                                    "answers",
                                    possible.isEmpty()
                                            ? "must name findings of the preflight"
                                            : "must have one of %s for %s"
                                                    .formatted(
                                                            possible.stream()
                                                                    .map(Answer::text)
                                                                    .toList(),
                                                            code))));
        });
        if (!errors.isEmpty()) {
            throw DomainException.invalid(errors.stream().distinct().toList());
        }
        return new PreflightAnswers(answers);
    }

    /** @throws SettingException when {@code realms.migration.answers} holds one that is none */
    public static PreflightAnswers answers(Settings settings) {
        try {
            return answers(settings.migrationAnswers());
        } catch (DomainException wrong) {
            throw new SettingException(Settings.MIGRATION_ANSWERS + ": the " + wrong.getMessage());
        }
    }

    private static List<Answer> possibleAnswers(String code) {
        return PreflightQuestion.find(code)
                .map(PreflightQuestion::answers)
                .or(() -> CatalogueQuestions.ALL.stream()
                        .filter(question -> question.code().equals(code))
                        .findFirst()
                        .map(CatalogueQuestion::answers))
                .orElse(List.of());
    }

    /**
     * @param connection of the schema owner, in auto-commit mode
     * @param appUser the runtime role
     */
    public static PreflightReport run(Connection connection, String appUser, PreflightAnswers answers)
            throws SQLException {
        return ask(TablesInSight.of(connection), appUser, answers);
    }

    private static PreflightReport ask(TablesInSight tables, String appUser, PreflightAnswers answers)
            throws SQLException {
        Connection connection = tables.connection();
        String shape = tables.shape().orElse(null);
        List<String> extras = tables.extras();
        boolean ledger = PreflightAnswers.areKept(connection);
        boolean expanded = isExpanded(connection);
        Map<String, Long> rows = new LinkedHashMap<>();
        Map<String, Long> left = new LinkedHashMap<>();
        List<PreflightFinding> findings = Snapshots.read(connection, snapshot -> {
            count(snapshot, tables.names(), expanded, rows, left);
            return Stream.concat(
                            ask(snapshot, tables.names(), ledger, answers).stream(),
                            askCatalogue(snapshot, expanded, appUser, answers).stream())
                    .toList();
        });
        boolean ready = findings.stream().noneMatch(PreflightFinding::blocks);
        Forecast forecast = forecast(tables, expanded, ledger, ready, rows, left);
        return new PreflightReport(ready, shape, extras, rows, left, forecast.seconds(), forecast, findings);
    }

    private static Forecast forecast(
            TablesInSight tables,
            boolean expanded,
            boolean ledger,
            boolean ready,
            Map<String, Long> rows,
            Map<String, Long> left)
            throws SQLException {
        // Whose ledger was dropped has nothing to migrate any more.
        if (expanded && !ledger) {
            return Forecast.NOTHING_TO_DO;
        }
        // A try moves rows, which what was found may not allow.
        return expanded && ready
                ? Forecast.of(tables.connection(), rows, left)
                : Forecast.ofReading(tables.connection(), tables.schema(), rows, left);
    }

    private static void count(
            Connection snapshot, String names, boolean expanded, Map<String, Long> rows, Map<String, Long> left)
            throws SQLException {
        String count = names + "SELECT count(*) FROM ";
        rows.put("users", Sql.number(snapshot, count + "users"));
        left.put("users", Sql.number(snapshot, count + (expanded ? "users WHERE " + NO_DEFAULT_REALM : "users")));
        for (String table : RealmTables.OWNED) {
            rows.put(table, Sql.number(snapshot, count + table));
            left.put(table, Sql.number(snapshot, count + (expanded ? table + " WHERE realm_id IS NULL" : table)));
        }
    }

    private static List<PreflightFinding> ask(
            Connection snapshot, String names, boolean ledger, PreflightAnswers answers) throws SQLException {
        List<PreflightFinding> findings = new ArrayList<>();
        for (PreflightQuestion question : PreflightQuestion.values()) {
            PreflightFinding finding = question.ask(snapshot, names, ledger, answers);
            if (finding.count() > 0) {
                findings.add(finding);
            }
        }
        return List.copyOf(findings);
    }

    private static List<PreflightFinding> askCatalogue(
            Connection snapshot, boolean expanded, String appUser, PreflightAnswers answers) throws SQLException {
        List<PreflightFinding> findings = new ArrayList<>();
        for (CatalogueQuestion question : CatalogueQuestions.of(expanded)) {
            FoundRows found = question.ask(snapshot, appUser);
            if (found.count() > 0) {
                findings.add(PreflightFinding.of(
                        question.code(), question.description(), question.answers(), found, answers));
            }
        }
        return findings;
    }

    /** May be asked of a database that has never heard of realms, or not any more. */
    public static boolean isExpanded(Connection connection) throws SQLException {
        return Sql.is(connection, "to_regclass('realms.realms') IS NOT NULL");
    }
}
