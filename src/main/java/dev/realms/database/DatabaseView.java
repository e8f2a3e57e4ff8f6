package dev.realms.database;

import dev.realms.web.Listed;
import java.time.Instant;
import java.util.UUID;

/** A database as its realm's users see it. */
public record DatabaseView(
        String id,
        String name,
        String description,
        long documentCount,
        Instant lastUpdated,
        String serverId,
        Instant createdAt,
        Instant updatedAt,
        String userId,
        UUID realmId)
        implements Listed {}
