package dev.realms.user;

import java.util.UUID;

/** A user's settings. */
public record UserSettingsView(
        Theme theme,
        String language,
        boolean notifications,
        boolean autoSave,
        String defaultDatabase,
        UUID currentRealmId) {}
