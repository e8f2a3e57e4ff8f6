package dev.realms.server;

import dev.realms.web.Listed;
import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/** A server as its realm's users see it; of its credentials only whether they are there. */
public record ServerView(
        String id,
        String name,
        ServerType type,
        String host,
        int port,
        @Nullable String username,
        boolean hasPassword,
        boolean hasApiKey,
        @Nullable String database,
        @Nullable String collection,
        boolean isActive,
        @Nullable Instant lastConnected,
        Instant createdAt,
        Instant updatedAt,
        String userId,
        UUID realmId)
        implements Listed {}
