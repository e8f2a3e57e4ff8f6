package dev.realms.apikey;

import dev.realms.web.Listed;
import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A key as its realm's users see it, without the key itself.
 *
 * @param lastUsedNetwork the network from which it was last used, {@code 192.0.2.0/24} or {@code 2001:db8:1::/48}
 */
public record ApiKeyView(
        String id,
        String name,
        @Nullable String prefix,
        KeyAccess access,
        Instant created,
        @Nullable Instant lastUsed,
        @Nullable String lastUsedNetwork,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant previousKeyExpiresAt,
        Instant createdAt,
        Instant updatedAt,
        String userId,
        UUID realmId)
        implements Listed {}
