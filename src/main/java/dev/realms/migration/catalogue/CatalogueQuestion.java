package dev.realms.migration.catalogue;

import dev.realms.migration.answer.PreflightAnswers.Answer;
import dev.realms.sql.FoundRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What the preflight asks of the catalogue.
 *
 * @param code in kebab-case
 * @param description what was found and what would happen, for a report
 * @param sql a query for a column {@code id}, the name of an object; with the names that {@link AdoptedTables} knows in braces
 */
public record CatalogueQuestion(String code, Asked asked, Weight weight, String description, String sql) {

    /** Whom a finding keeps from going on. */
    public enum Asked {
        /** The expansion, and the migration before it; afterwards it has been decided. */
        BEFORE_EXPANSION,
        /** The expansion and the migration. */
        ALWAYS,
        /** The migration: the expansion does no harm. */
        BEFORE_MIGRATION
    }

    /** What may be done about a finding. */
    public enum Weight {
        /** Set it right. */
        REFUSED,
        /** Set it right, or say that it does no harm. */
        REFUSED_UNLESS_IGNORED,
        /** Set it right, have it suspended for the migration's statements, or say that it does no harm. */
        SUSPENDABLE,
        /** Know it. */
        MENTIONED
    }

    /** How many objects of a finding are named. */
    private static final int NAMED = 20;

    /** The default first. */
    public List<Answer> answers() {
        return switch (weight) {
            case REFUSED -> List.of(Answer.REFUSE);
            case REFUSED_UNLESS_IGNORED -> List.of(Answer.REFUSE, Answer.IGNORE);
            case SUSPENDABLE -> List.of(Answer.REFUSE, Answer.SUSPEND, Answer.IGNORE);
            case MENTIONED -> List.of(Answer.IGNORE, Answer.REFUSE);
        };
    }

    /**
     * @param connection of the schema owner
     * @param appUser the runtime role, which need not exist
     */
    public FoundRows ask(Connection connection, String appUser) throws SQLException {
        return FoundRows.of(connection, AdoptedTables.query(sql, appUser), NAMED);
    }
}
