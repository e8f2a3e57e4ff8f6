package dev.realms.migration.control;

import dev.realms.migration.answer.Answers;
import dev.realms.migration.check.Preflight;
import jakarta.json.JsonObject;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;

/**
 * What an operator may say with a start.
 *
 * @param answers as in {@link MigrationAnswers}
 * @param accept as in {@link AcceptDifferences}
 */
public record StartMigration(
        JsonObject answers,
        @Size(max = AcceptDifferences.MOST) List<String> accept) {

    Optional<Answers> given() {
        return Optional.ofNullable(answers).map(Preflight::answers);
    }

    List<String> accepted() {
        return AcceptDifferences.orNone(accept);
    }
}
