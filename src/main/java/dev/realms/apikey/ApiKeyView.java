package dev.realms.apikey;

import dev.realms.web.Listed;
import java.time.Instant;
import java.util.UUID;

/** A key as its realm's users see it, without the key itself. */
public record ApiKeyView(
        String id,
        String name,
        String prefix,
        KeyAccess access,
        Instant created,
        Instant lastUsed,
        Instant expiresAt,
        Instant revokedAt,
        Instant previousKeyExpiresAt,
        Instant createdAt,
        Instant updatedAt,
        String userId,
        UUID realmId)
        implements Listed {}
