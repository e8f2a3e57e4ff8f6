package dev.realms.realm.event;

/** What happened. The database has the same list, as a constraint. */
public enum EventKind {
    REALM_MADE("realm-made"),
    REALM_RENAMED("realm-renamed"),
    REALM_DELETED("realm-deleted"),
    REALM_RESTORED("realm-restored"),
    DEFAULT_GAINED("default-gained"),
    DEFAULT_LOST("default-lost"),
    KEY_MADE("key-made"),
    KEY_ROTATED("key-rotated"),
    KEY_REVOKED("key-revoked"),
    KEY_DELETED("key-deleted"),
    KEY_USED_FROM_NEW_NETWORK("key-used-from-new-network"),
    KEY_DENIED("key-denied"),
    ROWS_MOVED_IN("rows-moved-in"),
    ROWS_MOVED_OUT("rows-moved-out"),
    ROWS_EXPORTED("rows-exported"),
    ROWS_IMPORTED("rows-imported");

    private final String text;

    EventKind(String text) {
        this.text = text;
    }

    /** The kind's name in the database and in the API. */
    public String text() {
        return text;
    }
}
