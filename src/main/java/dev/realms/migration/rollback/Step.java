package dev.realms.migration.rollback;

import java.util.Locale;

/** What a rollback does, one after the other. */
public enum Step {
    /** Requests end, and so do the transactions that were under way. */
    CLOSE,
    ARCHIVE,
    CREDENTIALS,
    NAMES,
    KEYS,
    VERIFY,
    CONTRACT,
    ANSWERS,
    SCHEMA;

    /** As operators see it. */
    public String text() {
        return "rollback: " + name().toLowerCase(Locale.ROOT);
    }
}
