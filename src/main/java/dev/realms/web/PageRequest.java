package dev.realms.web;

import dev.realms.web.problem.DomainException;
import java.util.Optional;

/** Which part of a list is asked for. The scope names the list, for instance its realm's id. */
public record PageRequest(String scope, Names names, int limit, Optional<Cursor.Position> after) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    /** Of a list without names. */
    public static PageRequest of(String scope, String limit, String cursor) {
        return of(scope, Names.ALL, limit, cursor);
    }

    /**
     * @param limit the query parameter, or null for the default
     * @param cursor the query parameter, or null for the first page
     * @throws DomainException {@code validation} when either is not valid
     */
    public static PageRequest of(String scope, Names names, String limit, String cursor) {
        return new PageRequest(
                scope, names, limit(limit), Optional.ofNullable(cursor).map(c -> Cursor.decode(scope, c)));
    }

    private static int limit(String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
        }
        throw DomainException.invalid("limit", "must be a whole number from 1 to " + MAX_LIMIT);
    }
}
