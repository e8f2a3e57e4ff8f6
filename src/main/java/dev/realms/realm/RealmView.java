package dev.realms.realm;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A realm as its owner sees it.
 *
 * @param contentKeptUntil until when at least it can be restored, of a realm that was deleted with what it holds; else null
 */
public record RealmView(
        UUID id,
        String name,
        @Nullable String description,
        boolean isDefault,
        boolean isActive,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant contentKeptUntil) {}
