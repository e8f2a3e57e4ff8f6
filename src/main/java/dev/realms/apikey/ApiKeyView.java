package dev.realms.apikey;

import dev.realms.web.Listed;
import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/** A key as its realm's users see it, without the key itself. */
public record ApiKeyView(
        String id,
        String name,
        @Nullable String prefix,
        KeyAccess access,
        Instant created,
        @Nullable Instant lastUsed,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant previousKeyExpiresAt,
        Instant createdAt,
        Instant updatedAt,
        String userId,
        UUID realmId)
        implements Listed {}
