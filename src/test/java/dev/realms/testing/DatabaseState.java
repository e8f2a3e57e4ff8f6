package dev.realms.testing;

/** What the database of the in-server tests holds when a class begins. */
@InServer
public enum DatabaseState {
    /** The seven pre-realm tables, with rows; no start of the service has seen it. */
    PRE_REALM,
    /** The same, expanded. */
    EXPANDED,
    /** What the service makes of an empty database. */
    FINALIZED
}
