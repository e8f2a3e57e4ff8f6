package dev.realms.realm;

import java.time.Instant;
import java.util.UUID;

/** A realm as its owner sees it. */
public record RealmView(
        UUID id,
        String name,
        String description,
        boolean isDefault,
        boolean isActive,
        Instant createdAt,
        Instant updatedAt) {}
