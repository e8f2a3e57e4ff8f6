package dev.realms.http;

import dev.realms.problem.DomainException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a page of a list ended: the creation time and id of its last row, bound to the list's scope (its realm), so that a
 * cursor of one realm means nothing in another. Opaque to callers.
 */
public final class Cursor {

    /** The last row's place in the order (created_at, id), both descending. */
    public record Position(Instant createdAt, UUID id) {}

    private Cursor() {}

    static String encode(String scope, Position position) {
        String text = scope + "|" + position.createdAt() + "|" + position.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws DomainException {@code validation} when the cursor is not one that this list gave out */
    static Position decode(String scope, String cursor) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\\|");
            Optional<UUID> id = parts.length == 3 ? Ids.find(parts[2]) : Optional.empty();
            if (id.isPresent() && parts[0].equals(scope)) {
                return new Position(Instants.parse(parts[1]), id.get());
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Answered below, like a cursor of another list.
        }
        throw DomainException.invalid("cursor", "is not a cursor of this list");
    }
}
