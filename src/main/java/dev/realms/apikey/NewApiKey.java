package dev.realms.apikey;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/** A key just made, with the key itself: the only answer that holds it. */
public record NewApiKey(
        String id,
        String name,
        String key,
        String prefix,
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
        UUID realmId) {

    static NewApiKey of(ApiKeyView view, String key) {
        return new NewApiKey(
                view.id(),
                view.name(),
                key,
                view.prefix(),
                view.access(),
                view.created(),
                view.lastUsed(),
                view.lastUsedNetwork(),
                view.expiresAt(),
                view.revokedAt(),
                view.previousKeyExpiresAt(),
                view.createdAt(),
                view.updatedAt(),
                view.userId(),
                view.realmId());
    }

    /** What every later answer shows; entity tags are made of this. */
    ApiKeyView view() {
        return new ApiKeyView(
                id,
                name,
                prefix,
                access,
                created,
                lastUsed,
                lastUsedNetwork,
                expiresAt,
                revokedAt,
                previousKeyExpiresAt,
                createdAt,
                updatedAt,
                userId,
                realmId);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "NewApiKey[" + id + "]";
    }
}
