package dev.realms.migration.check;

import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.answer.PreflightAnswers.Answer;
import dev.realms.sql.FoundRows;
import dev.realms.web.DescribedAs;
import jakarta.annotation.Nullable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a start would meet.
 *
 * @param ready nothing gets in the way
 * @param rows all rows, by table
 * @param shape {@code snake_case} or {@code prisma}: how the pre-realm tables are written down; null of a database that was empty
 * @param extras what they have beyond that, and takes with them, a line each; empty once they are taken over
 * @param rowsToTouch those without a realm, by table; of {@code users} those without a default realm
 * @param expectedSeconds for all of it, verification and contract included
 * @param forecast what that rests on
 */
public record PreflightReport(
        boolean ready,
        @Nullable String shape,
        List<String> extras,
        Map<String, Long> rows,
        Map<String, Long> rowsToTouch,
        long expectedSeconds,
        Forecast forecast,
        List<PreflightFinding> findings) {

    /**
     * Something in the database that the migration meets.
     *
     * @param code in kebab-case
     * @param blocks whether the migration refuses to start as long as it is there, with this answer
     * @param count how many rows or sessions
     * @param ids the first of them, never a value of a row
     * @param answers what may be done about it, the default first
     * @param answer what will be done about it
     */
    public record PreflightFinding(
            String code,
            boolean blocks,
            String description,
            long count,
            List<String> ids,
            @DescribedAs(Answer.class) List<String> answers,
            @DescribedAs(Answer.class) String answer) {

        /** @param answers that are possible, the default first; @param given what the operator chose */
        static PreflightFinding of(
                String code, String description, List<Answer> answers, FoundRows found, PreflightAnswers given) {
            Answer answer = given.to(code, answers.get(0));
            return new PreflightFinding(
                    code,
                    answer == Answer.REFUSE,
                    description,
                    found.count(),
                    found.ids(),
                    answers.stream().map(Answer::text).toList(),
                    answer.text());
        }
    }

    /** One sentence that names what gets in the way. */
    public String sentence() {
        return findings.stream()
                .filter(PreflightFinding::blocks)
                .map(finding -> finding.code() + " (" + finding.count() + ")")
                .collect(Collectors.joining(", ", "Findings of the preflight get in the way: ", "."));
    }
}
