package dev.realms.document;

/** How far a document has come. The order is the one in which the states follow each other. */
public enum DocumentState {
    PENDING,
    INGESTING,
    INGESTED,
    DEPRECATED,
    DELETED;

    /** Forward only; staying is no move and always possible. */
    boolean mayBecome(DocumentState next) {
        return next.ordinal() >= ordinal();
    }
}
