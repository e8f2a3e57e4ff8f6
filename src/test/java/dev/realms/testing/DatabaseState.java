package dev.realms.testing;

/** What the database of the in-server tests holds when a class begins. */
@InServer
public enum DatabaseState {
    /** The seven pre-realm tables, with rows; no start of the service has seen it. */
    PRE_REALM,
    /** The same, expanded. */
    EXPANDED,
    /** All done, and without a user: what the service makes of an empty database, or of one of Prisma's shape in the end. */
    FINALIZED
}
