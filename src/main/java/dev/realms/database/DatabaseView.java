package dev.realms.database;

import dev.realms.web.Listed;
import java.time.Instant;
import java.util.UUID;

/** A database as its realm's users see it. */
public record DatabaseView(
        UUID id,
        String name,
        String description,
        int documentCount,
        Instant lastUpdated,
        UUID serverId,
        Instant createdAt,
        Instant updatedAt,
        UUID userId,
        UUID realmId)
        implements Listed {}
