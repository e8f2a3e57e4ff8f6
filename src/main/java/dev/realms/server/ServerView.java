package dev.realms.server;

import dev.realms.web.Listed;
import java.time.Instant;
import java.util.UUID;

/** A server as its realm's users see it; of its credentials only whether they are there. */
public record ServerView(
        String id,
        String name,
        ServerType type,
        String host,
        int port,
        String username,
        boolean hasPassword,
        boolean hasApiKey,
        String database,
        String collection,
        boolean isActive,
        Instant lastConnected,
        Instant createdAt,
        Instant updatedAt,
        String userId,
        UUID realmId)
        implements Listed {}
