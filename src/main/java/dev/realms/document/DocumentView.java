package dev.realms.document;

import dev.realms.web.Listed;
import java.time.Instant;
import java.util.UUID;

/** A document as its realm's users see it. */
public record DocumentView(
        String id,
        String name,
        String type,
        DocumentState state,
        int version,
        int chunks,
        double quality,
        Instant uploadDate,
        String databaseId,
        Instant createdAt,
        Instant updatedAt,
        String userId,
        UUID realmId)
        implements Listed {}
