package dev.realms.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A parameter whose type PostgreSQL takes from its place in the statement: an id fits a uuid column and a text one, an instant one with
 * a time zone and one that holds UTC without, a constant a text column and an enum's. The driver asks the database what such a statement
 * gives: never in a SELECT that travels behind another statement, which it would hold back then.
 *
 * @param text may be null
 */
public record Untyped(String text) {

    public static Untyped of(Instant instant) {
        return new Untyped(instant == null ? null : instant.toString());
    }

    /** An array of ids, for {@code = ANY (?)}. */
    public static Untyped array(Collection<String> texts) {
        return new Untyped(texts.stream()
                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}")));
    }

    public void bind(PreparedStatement statement, int index) throws SQLException {
        statement.setObject(index, text, Types.OTHER);
    }
}
