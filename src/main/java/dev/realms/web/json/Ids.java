package dev.realms.web.json;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ids as callers write them. Those of users and rows are what the installation has, UUIDs or other texts; those of realms are UUIDs, in the
 * canonical 36 characters, not the shortened forms that {@link UUID#fromString} accepts.
 */
public final class Ids {

    /** What every id of a user or a row looks like. */
    public static final String FORM = "[A-Za-z0-9_-]{1,64}";

    public static final String FAULT = "must be an id";

    private static final Pattern ID = Pattern.compile(FORM);

    private static final Pattern CANONICAL = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Ids() {}

    /** For a new user or row, whatever ids the others have. */
    public static String next() {
        return UUID.randomUUID().toString();
    }

    public static boolean isId(String text) {
        return text != null && ID.matcher(text).matches();
    }

    /** The UUID, or empty when the text is none. */
    public static Optional<UUID> find(String text) {
        return text != null && CANONICAL.matcher(text).matches()
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
