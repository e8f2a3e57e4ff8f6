package dev.realms.document;

import java.util.UUID;

/** Which documents a list shows; null stands for any. */
public record DocumentFilter(UUID databaseId, DocumentState state, String type) {}
