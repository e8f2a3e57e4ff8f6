package dev.realms.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A parameter whose type PostgreSQL takes from its place in the statement: an id fits a uuid column and a text one, an instant one with
 * a time zone and one that holds UTC without, a constant a text column and an enum's. The driver asks the database what such a statement
 * gives: never in a SELECT that travels behind another statement, which it would hold back then.
 *
 * @param text may be null
 */
public record Untyped(String text) {

    private static final DateTimeFormatter BEFORE_CHRIST =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z BC'", Locale.ROOT);

    public static Untyped of(Instant instant) {
        return new Untyped(instant == null ? null : text(instant));
    }

    /** As PostgreSQL reads it in a column of either type: infinities, years behind 9999 and those before Christ, too. */
    private static String text(Instant instant) {
        if (instant.equals(Instant.MAX) || instant.equals(Instant.MIN)) {
            return instant.equals(Instant.MAX) ? "infinity" : "-infinity";
        }
        OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
        return time.getYear() > 0 ? instant.toString().replaceFirst("^\\+", "") : BEFORE_CHRIST.format(time);
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
