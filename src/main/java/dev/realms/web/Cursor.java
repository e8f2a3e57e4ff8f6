package dev.realms.web;

import dev.realms.web.json.Ids;
import dev.realms.web.json.Instants;
import dev.realms.web.problem.DomainException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Function;

/**
 * Where a page of a list ended: the creation time, id and name of its last row, bound to the list's scope (its realm, its filters and its
 * order), so that a cursor of one realm means nothing in another. Opaque to callers.
 */
public final class Cursor {

    /**
     * The last row's place in the order (created_at, id), both descending, or (name key, id).
     *
     * @param ahead the row that stood first, whatever its age, and is not to come again; null in most lists
     * @param nameKey empty in lists that are not sorted by name
     */
    public record Position(Instant createdAt, String id, String ahead, String nameKey) {

        public Position(Instant createdAt, String id) {
            this(createdAt, id, null, "");
        }

        /**
         * The same ids, where a list has ids of one kind only.
         *
         * @throws DomainException {@code validation} when the cursor was made up
         */
        public static <T> T as(Function<String, T> kind, String id) {
            try {
                return kind.apply(id);
            } catch (IllegalArgumentException e) {
                throw ofAnotherList();
            }
        }
    }

    /** The last one may hold what separates them. */
    private static final int PARTS = 5;

    private Cursor() {}

    static String encode(String scope, Position position) {
        String text = String.join(
                "|",
                scope,
                position.createdAt().toString(),
                position.id(),
                position.ahead() == null ? "" : position.ahead(),
                position.nameKey());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws DomainException {@code validation} when the cursor is not one that this list gave out */
    static Position decode(String scope, String cursor) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\\|", PARTS);
            if (parts.length == PARTS && Ids.isId(parts[2]) && parts[0].equals(scope)) {
                return new Position(Instants.parseStored(parts[1]), parts[2], ahead(parts[3]), nameKey(parts[4]));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Answered below, like a cursor of another list.
        }
        throw ofAnotherList();
    }

    private static String ahead(String id) {
        if (id.isEmpty() || Ids.isId(id)) {
            return id.isEmpty() ? null : id;
        }
        throw ofAnotherList();
    }

    private static String nameKey(String text) {
        if (text.indexOf('\0') < 0) {
            return text;
        }
        throw ofAnotherList();
    }

    private static DomainException ofAnotherList() {
        return DomainException.invalid("cursor", "is not a cursor of this list");
    }
}
