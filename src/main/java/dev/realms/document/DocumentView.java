package dev.realms.document;

import dev.realms.web.Listed;
import jakarta.annotation.Nullable;
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
        @Nullable String databaseId,
        Instant createdAt,
        Instant updatedAt,
        String userId,
        UUID realmId)
        implements Listed {}
