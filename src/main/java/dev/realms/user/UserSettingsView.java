package dev.realms.user;

import jakarta.annotation.Nullable;
import java.util.UUID;

/** A user's settings. */
public record UserSettingsView(
        Theme theme,
        String language,
        boolean notifications,
        boolean autoSave,
        @Nullable String defaultDatabase,
        @Nullable UUID currentRealmId) {}
