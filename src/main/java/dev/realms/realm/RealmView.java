package dev.realms.realm;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/** A realm as its owner sees it. */
public record RealmView(
        UUID id,
        String name,
        @Nullable String description,
        boolean isDefault,
        boolean isActive,
        Instant createdAt,
        Instant updatedAt) {}
