package dev.realms.document;

import dev.realms.web.Listed;
import java.time.Instant;
import java.util.UUID;

/** A document as its realm's users see it. */
public record DocumentView(
        UUID id,
        String name,
        String type,
        DocumentState state,
        int version,
        int chunks,
        double quality,
        Instant uploadDate,
        UUID databaseId,
        Instant createdAt,
        Instant updatedAt,
        UUID userId,
        UUID realmId)
        implements Listed {}
