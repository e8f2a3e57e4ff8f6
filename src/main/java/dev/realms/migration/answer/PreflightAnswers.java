package dev.realms.migration.answer;

import dev.realms.sql.Sql;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an operator chose, by finding.
 *
 * @param byFinding what is not in it has its default
 */
public record PreflightAnswers(Map<String, Answer> byFinding) {

    public static final PreflightAnswers NONE = new PreflightAnswers(Map.of());

    /** What is to be done about the rows of a finding. */
    public enum Answer {
        /** Nothing: the migration does not start as long as they are there. */
        REFUSE,
        /** Nothing: they do not get in the way. */
        IGNORE,
        /** The row refers to nothing of the other user's any more. */
        DETACH,
        /** The row goes to the owner of what it refers to, with everything that hangs on it. */
        REASSIGN,
        /** It does nothing when the migration writes, and all it did for everybody else. */
        SUSPEND;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Answer> of(String text) {
            return Arrays.stream(values())
                    .filter(answer -> answer.text().equals(text))
                    .findFirst();
        }
    }

    /** Whether the database keeps answers, and the ledger of every change that they made. Finalizing drops both. */
    public static boolean areKept(Connection connection) throws SQLException {
        return Sql.is(
                connection,
                "to_regclass('migration.ledger') IS NOT NULL AND to_regclass('migration.answers') IS NOT NULL");
    }

    /** What is an answer of those given; which finding takes which is for the preflight to say. */
    public static PreflightAnswers of(Map<String, String> given) {
        Map<String, Answer> answers = new TreeMap<>();
        given.forEach((finding, text) -> Answer.of(text).ifPresent(answer -> answers.put(finding, answer)));
        return new PreflightAnswers(answers);
    }

    /** Those of the last start that brought some. */
    public static PreflightAnswers read(Connection connection) throws SQLException {
        Map<String, Answer> answers = new TreeMap<>();
        if (areKept(connection)) {
            Sql.list(
                    connection,
                    row -> answers.put(
                            row.getString(1), Answer.of(row.getString(2)).orElseThrow()),
                    "SELECT finding, answer FROM migration.answers");
        }
        return new PreflightAnswers(answers);
    }

    /** In place of those that are kept; to be committed by the caller. */
    public void write(Connection connection) throws SQLException {
        Sql.execute(connection, "DELETE FROM migration.answers");
        for (Map.Entry<String, Answer> answer : byFinding.entrySet()) {
            Sql.update(
                    connection,
                    "INSERT INTO migration.answers (finding, answer) VALUES (?, ?)",
                    answer.getKey(),
                    answer.getValue().text());
        }
    }

    /** @param otherwise where nothing was chosen */
    public Answer to(String finding, Answer otherwise) {
        return byFinding.getOrDefault(finding, otherwise);
    }

    /** For the audit log. */
    public JsonObject json() {
        JsonObjectBuilder json = Json.createObjectBuilder();
        byFinding.forEach((finding, answer) -> json.add(finding, answer.text()));
        return Json.createObjectBuilder().add("answers", json).build();
    }
}
