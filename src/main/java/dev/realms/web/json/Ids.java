package dev.realms.web.json;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids as callers write them: the canonical 36 characters, not the shortened forms that {@link UUID#fromString} accepts. */
public final class Ids {

    private static final Pattern CANONICAL = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Ids() {}

    /** The id, or empty when the text is none. */
    public static Optional<UUID> find(String text) {
        return text != null && CANONICAL.matcher(text).matches()
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
