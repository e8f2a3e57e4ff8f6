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
 * Where a page of a list ended: the creation time and id of its last row, bound to the list's scope (its realm), so that a
 * cursor of one realm means nothing in another. Opaque to callers.
 */
public final class Cursor {

    /**
     * The last row's place in the order (created_at, id), both descending.
     *
     * @param ahead the row that stood first, whatever its age, and is not to come again; null in most lists
     */
    public record Position(Instant createdAt, String id, String ahead) {

        public Position(Instant createdAt, String id) {
            this(createdAt, id, null);
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

    private Cursor() {}

    static String encode(String scope, Position position) {
        String text = scope + "|" + position.createdAt() + "|" + position.id()
                + (position.ahead() == null ? "" : "|" + position.ahead());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws DomainException {@code validation} when the cursor is not one that this list gave out */
    static Position decode(String scope, String cursor) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\\|");
            boolean isAhead = parts.length == 4;
            if ((parts.length == 3 || isAhead && Ids.isId(parts[3])) && Ids.isId(parts[2]) && parts[0].equals(scope)) {
                return new Position(Instants.parseStored(parts[1]), parts[2], isAhead ? parts[3] : null);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Answered below, like a cursor of another list.
        }
        throw ofAnotherList();
    }

    private static DomainException ofAnotherList() {
        return DomainException.invalid("cursor", "is not a cursor of this list");
    }
}
