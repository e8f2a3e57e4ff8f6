package dev.realms.migration.answer;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an operator chose, by finding.
 *
 * @param byFinding what is not in it has its default
 */
public record Answers(Map<String, Answer> byFinding) {

    public static final Answers NONE = new Answers(Map.of());

    /** Those of the last start that brought some. */
    public static Answers read(Connection connection) throws SQLException {
        Map<String, Answer> answers = new TreeMap<>();
        if (Ledger.isKept(connection)) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT finding, answer FROM migration.answers")) {
                while (row.next()) {
                    answers.put(row.getString(1), Answer.of(row.getString(2)).orElseThrow());
                }
            }
        }
        return new Answers(answers);
    }

    /** In place of those that are kept; to be committed by the caller. */
    public void write(Connection connection) throws SQLException {
        try (Statement delete = connection.createStatement();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO migration.answers (finding, answer) VALUES (?, ?)")) {
            delete.execute("DELETE FROM migration.answers");
            for (Map.Entry<String, Answer> answer : byFinding.entrySet()) {
                insert.setString(1, answer.getKey());
                insert.setString(2, answer.getValue().text());
                insert.executeUpdate();
            }
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
