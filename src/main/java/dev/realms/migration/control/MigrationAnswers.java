package dev.realms.migration.control;

import dev.realms.migration.answer.Answers;
import dev.realms.migration.check.Preflight;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * What an operator may say before a start.
 *
 * @param answers a member for each finding; null for what was answered before
 */
public record MigrationAnswers(JsonObject answers) {

    Optional<Answers> given() {
        return Optional.ofNullable(answers).map(Preflight::answers);
    }
}
