package dev.realms.user;

import dev.realms.realm.isolation.Role;
import jakarta.annotation.Nullable;
import java.time.Instant;

/** A user as they see themselves, and as administrators see them. */
public record UserView(
        String id,
        String name,
        String email,
        @Nullable String avatar,
        Role role,
        Instant createdAt,
        Instant updatedAt) {}
