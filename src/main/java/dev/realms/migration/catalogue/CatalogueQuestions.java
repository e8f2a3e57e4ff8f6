package dev.realms.migration.catalogue;

import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.answer.PreflightAnswers.Answer;
import dev.realms.migration.catalogue.CatalogueQuestion.Asked;
import dev.realms.sql.FoundRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All that is asked of the catalogue. */
public final class CatalogueQuestions {

    public static final List<CatalogueQuestion> ALL = Stream.of(
                    NameQuestions.ALL,
                    TableQuestions.ALL,
                    DependentQuestions.ALL,
                    TriggerQuestions.ALL,
                    ReplicationQuestions.ALL,
                    RoleQuestions.ALL)
            .flatMap(List::stream)
            .toList();

    private CatalogueQuestions() {}

    /** @param expanded whether our own things are there, so that what they took is not taken */
    public static List<CatalogueQuestion> of(boolean expanded) {
        return ALL.stream()
                .filter(question -> !expanded || question.asked() != Asked.BEFORE_EXPANSION)
                .toList();
    }

    /**
     * What keeps a pre-realm database from being expanded; changes nothing.
     *
     * @return one sentence that names the first finding and its objects
     */
    public static Optional<String> refusal(Connection connection, String appUser, PreflightAnswers answers)
            throws SQLException {
        for (CatalogueQuestion question : ALL) {
            boolean asked = question.asked() != Asked.BEFORE_MIGRATION;
            if (asked && answers.to(question.code(), question.answers().get(0)) == Answer.REFUSE) {
                FoundRows found = question.ask(connection, appUser);
                if (found.count() > 0) {
                    return Optional.of("The database is left as it is, because of %s in it (finding %s): %s."
                            .formatted(String.join(", ", found.ids()), question.code(), question.description()));
                }
            }
        }
        return Optional.empty();
    }
}
