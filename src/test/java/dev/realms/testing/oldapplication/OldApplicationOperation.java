package dev.realms.testing.oldapplication;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that the application does: one statement, or several that belong together.
 *
 * @param name of this operation alone
 * @param anytime whether it needs nothing of what others made, and changes no value
 */
public record OldApplicationOperation(String name, boolean anytime, List<Statement> statements) {

    /**
     * @param sql as the application sends it, with {@code $1} for the first parameter
     * @param parameters as text, without a type, in their order; names in braces stand for values, {@code NULL} for null
     * @param answer what PostgreSQL has to say to it
     * @param times how often it is sent
     */
    public record Statement(String sql, List<String> parameters, Answer answer, int times) {

        private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

        /** With the question marks of JDBC. */
        String jdbc() {
            Matcher parameter = PARAMETER.matcher(sql);
            for (int i = 1; parameter.find(); i++) {
                if (Integer.parseInt(parameter.group(1)) != i) {
                    throw new IllegalStateException("The parameters are not in order: " + sql);
                }
            }
            return parameter.replaceAll("?");
        }
    }

    /** What a statement must lead to. */
    public sealed interface Answer {

        /** Nothing that could be compared, such as to BEGIN. */
        record Done() implements Answer {}

        /** These rows; {@code *} stands for any value, a name that has no value yet for one that is kept under this name. */
        record Rows(List<List<String>> rows) implements Answer {}

        /** So many rows changed. */
        record Changes(long rows) implements Answer {}

        /** A failure with this SQLSTATE. */
        record Failure(String state) implements Answer {}
    }
}
